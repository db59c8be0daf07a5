//! `/instruction/implicites`: the decisions silence will take if nobody does, the soonest first.

use askama::Template;
use axum::extract::State;

use crate::{
    AppState,
    accounts::Staff,
    calendar,
    config::SilenceEffect,
    problem::Problem,
    review::{
        clock::{Awaited, Sought, find_awaited},
        silence::{AwaitedReasons, find_awaited_reasons},
    },
    web::{Frame, Page, filters},
};

/// Lines shown: beyond, those nearest come first anyway.
const MOST: i64 = 200;

#[derive(Debug, Template)]
#[template(path = "review/clock/implicit.html")]
pub(super) struct ImplicitPage {
    frame: Frame,
    rows: Vec<Awaited>,
    /// The reasons somebody waits for.
    asked: Vec<AwaitedReasons>,
    today: jiff::civil::Date,
}

impl ImplicitPage {
    /// The Paris date, as templates hand it on.
    fn today(&self) -> jiff::civil::Date {
        self.today
    }

    /// « dans 11 jours ».
    fn when(&self, row: &Awaited) -> String {
        match calendar::whole_days(self.today, row.on) {
            ..=-1 => "passée".into(),
            0 => "aujourd’hui".into(),
            1 => "demain".into(),
            days => format!("dans {days}\u{a0}jours"),
        }
    }

    fn is_pressing(&self, row: &Awaited) -> bool {
        calendar::whole_days(self.today, row.on) <= 7
    }
}

pub(super) async fn show(_: Staff, State(state): State<AppState>, frame: Frame) -> Result<Page<ImplicitPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let rows = find_awaited(&mut connection, MOST).await?;
    let asked = find_awaited_reasons(&mut connection, MOST).await?;
    Ok(Page(ImplicitPage { frame, rows, asked, today: calendar::paris_date(state.clock.now()) }))
}
