//! `/habilitations/{numero}/rapports`: the months of a participation, its curves, and for the team the day access opened.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;
use tower_sessions::Session;

use super::{
    extract::{Candidate, Participant},
    shown::{self, MonthRow},
};
use crate::{
    AppState,
    accounts::Reviewer,
    authorizations::Authorization,
    calendar,
    chart::Chart,
    fields::{Field, Fields},
    participation::{
        Participation, chart, checks, date_access,
        destruction::{awaited, find_certificates},
        end::find_end,
        find_reports,
        store::drafts,
    },
    problem::Problem,
    web::{Frame, Page, Refused, tell},
};

const OPENED_ON: Field = Field { name: "ouvert_le", label: "Jour d’ouverture de l’accès" };
const BECAUSE: Field = Field { name: "motif", label: "Pourquoi ce jour" };

/// Before access opens there is nothing to report.
#[derive(Debug, Template)]
#[template(path = "participation/not_open.html")]
struct NotOpenPage {
    frame: Frame,
    authorization: Authorization,
}

#[derive(Debug, Template)]
#[template(path = "participation/list.html")]
struct ListPage {
    frame: Frame,
    participation: Participation,
    is_staff: bool,
    /// Whether the visitor may say on which day access opened.
    may_date: bool,
    today: Date,
    rows: Vec<MonthRow>,
    charts: Vec<Chart>,
    /// The last report beside an ordinary month before FranceConnect.
    beside: Vec<String>,
    turn: (bool, String, String),
    /// What its end asks, once it is over.
    turn_of_end: Option<(bool, String, String)>,
    form: Fields,
}

impl ListPage {
    fn base(&self) -> String {
        format!("/habilitations/{}", self.participation.authorization.0)
    }

    fn period(&self) -> String {
        shown::period(&self.participation, self.today)
    }

    /// Whether it is the month the banner is about.
    fn is_first_awaited(&self, row: &MonthRow) -> bool {
        self.rows.iter().find(|other| other.standing.is_awaited()).is_some_and(|first| first.month == row.month)
    }

    fn received(&self) -> usize {
        self.rows.iter().filter(|row| row.standing.is_received()).count()
    }
}

async fn prepare(state: &AppState, frame: Frame, here: Participant, may_date: bool, form: Option<Fields>) -> Result<ListPage, Problem> {
    let Participant { participation, is_staff } = here;
    let now = state.clock.now();
    let today = calendar::paris_date(now);
    let mut connection = state.db.acquire().await?;
    let reports = find_reports(&mut connection, participation.application).await?;
    let turn_of_end = turn_of_end(&mut connection, &participation, now).await?;
    // What the participant has not sent is not the team's to know.
    let drafts = if is_staff { Vec::new() } else { drafts::find_months(&mut connection, participation.application).await? };
    let rows = MonthRow::all(&participation, &reports, &drafts, today);
    let charts =
        [chart::of_shares(&participation, &reports), chart::of_connections(&participation, &reports)].into_iter().flatten().collect();
    let last = reports.values().next_back().and_then(|sent| sent.last());
    let beside = last.map_or_else(Vec::new, |sent| checks::beside_baseline(&sent.report.figures, &participation.baseline));
    let turn = shown::turn(&participation, &reports, today);
    let may_date = may_date && participation.ended.is_none();
    let form = form.unwrap_or_else(|| Fields::from_pairs(vec![(OPENED_ON.name.to_owned(), participation.began_on.to_string())]));
    Ok(ListPage { frame, participation, is_staff, may_date, today, rows, charts, beside, turn, turn_of_end, form })
}

/// What the end of a participation asks, once it is over.
pub(super) async fn turn_of_end(
    connection: &mut PgConnection,
    participation: &Participation,
    now: OffsetDateTime,
) -> Result<Option<(bool, String, String)>, Problem> {
    let Some(ended) = find_end(connection, participation, now).await? else { return Ok(None) };
    let signed = find_certificates(connection, participation.application).await?;
    let awaited = awaited(Some(ended), !signed.is_empty(), calendar::paris_date(now));
    Ok(Some(shown::turn_of_end(ended, awaited, signed.first())))
}

pub(super) async fn show(
    candidate: Candidate,
    reviewer: Option<Reviewer>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let Candidate { authorization, participation, is_staff } = candidate;
    let Some(participation) = participation else { return Ok(Page(NotOpenPage { frame, authorization }).into_response()) };
    let here = Participant { participation, is_staff };
    Ok(Page(prepare(&state, frame, here, reviewer.is_some(), None).await?).into_response())
}

pub(super) async fn date(
    by: Reviewer,
    here: Participant,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let opened_on = form.parse(OPENED_ON, |typed| match calendar::parse_date_since(typed, 2018)? {
        None => Err("Indiquez un jour.".to_owned()),
        Some(day) => Ok(day),
    });
    let because = form.line(BECAUSE, 300);
    let (Some(opened_on), Some(because)) = (opened_on, because) else {
        return Ok(Refused(prepare(&state, frame, here, true, Some(form)).await?).into_response());
    };
    let mut transaction = state.db.begin().await?;
    match date_access(&mut transaction, &by, here.participation.application, opened_on, &because, state.clock.now()).await {
        Ok(()) => {
            transaction.commit().await?;
            tell(&session, "Le jour d’ouverture est changé : les mois et la fin de la participation en suivent.").await?;
            Ok(Redirect::to(&format!("/habilitations/{}/rapports", here.participation.authorization.0)).into_response())
        }
        // What was typed is given back beside what happened.
        Err(Problem::NotPossible { sentence, .. }) => {
            form.refuse(OPENED_ON, sentence);
            Ok(Refused(prepare(&state, frame, here, true, Some(form)).await?).into_response())
        }
        Err(other) => Err(other),
    }
}
