//! `/rapports`: the participations the visitor reads, and what each awaits.

use askama::Template;
use axum::extract::State;
use jiff::civil::Date;

use super::{list::turn_of_end, shown};
use crate::{
    AppState,
    accounts::Applicant,
    calendar,
    participation::{Participation, find_reports, store::find_of_reader},
    problem::Problem,
    web::{Frame, Page},
};

/// A participation and its banner.
#[derive(Debug)]
struct Followed {
    participation: Participation,
    turn: (bool, String, String),
    /// What its end asks, once it is over.
    turn_of_end: Option<(bool, String, String)>,
}

#[derive(Debug, Template)]
#[template(path = "participation/mine.html")]
pub(super) struct MinePage {
    frame: Frame,
    today: Date,
    followed: Vec<Followed>,
}

impl MinePage {
    fn period(&self, participation: &Participation) -> String {
        shown::period(participation, self.today)
    }
}

pub(super) async fn show(reader: Applicant, State(state): State<AppState>, frame: Frame) -> Result<Page<MinePage>, Problem> {
    let now = state.clock.now();
    let today = calendar::paris_date(now);
    let mut connection = state.db.acquire().await?;
    let mut followed = Vec::new();
    for participation in find_of_reader(&mut connection, reader.person().account).await? {
        let reports = find_reports(&mut connection, participation.application).await?;
        let turn_of_end = turn_of_end(&mut connection, &participation, now).await?;
        let of_reports = shown::turn(&participation, &reports, today);
        // What is theirs to do comes first: a report, then the certificate of the end.
        let turn = match &turn_of_end {
            Some(of_end) if of_end.0 && !of_reports.0 => of_end.clone(),
            _ => of_reports,
        };
        followed.push(Followed { participation, turn, turn_of_end });
    }
    Ok(Page(MinePage { frame, today, followed }))
}
