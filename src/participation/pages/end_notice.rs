//! `/instruction/rapports/{numero}/mise-en-demeure`: the formal notice to a participant who has not certified the end.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use tower_sessions::Session;

use super::extract::Participant;
use crate::{
    AppState,
    accounts::Reviewer,
    calendar,
    fields::{Field, Fields},
    participation::{
        Participation,
        destruction::{NOTICE_DAYS, Noticing, Unsettled, find_unsettled, put_on_notice, too_early},
    },
    problem::Problem,
    web::{Frame, Page, Refused, tell},
};

const FACTS: Field = Field { name: "faits", label: "Les faits" };

#[derive(Debug, Template)]
#[template(path = "participation/end_notice.html")]
pub(super) struct EndNoticePage {
    frame: Frame,
    participation: Participation,
    form: Fields,
    /// The last day the notice would leave.
    until: Date,
}

/// What the participant owes; nothing to write when every reminder has not left, or when a notice is running.
async fn unsettled(state: &AppState, participation: &Participation, today: Date) -> Result<Unsettled, Problem> {
    let found = find_unsettled(&mut *state.db.acquire().await?, participation, today).await?;
    found.filter(|unsettled| unsettled.may_be_noticed(today)).ok_or_else(too_early)
}

pub(super) async fn show(
    _by: Reviewer,
    here: Participant,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<EndNoticePage>, Problem> {
    let today = calendar::paris_date(state.clock.now());
    let unsettled = unsettled(&state, &here.participation, today).await?;
    let form = Fields::from_pairs(vec![(FACTS.name.to_owned(), unsettled.facts())]);
    Ok(Page(EndNoticePage { frame, participation: here.participation, form, until: calendar::days_after(today, NOTICE_DAYS) }))
}

pub(super) async fn send(
    by: Reviewer,
    here: Participant,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let today = calendar::paris_date(now);
    unsettled(&state, &here.participation, today).await?;
    let Some(facts) = form.paragraph(FACTS, 5000) else {
        let page = EndNoticePage { frame, participation: here.participation, form, until: calendar::days_after(today, NOTICE_DAYS) };
        return Ok(Refused(page).into_response());
    };
    let noticing = Noticing { facts, service: &state.config.desk.desk_service };
    let mut transaction = state.db.begin().await?;
    put_on_notice(&mut transaction, &by, here.participation.application, noticing, now).await?;
    transaction.commit().await?;
    tell(&session, "La mise en demeure est envoyée : le participant a quinze jours pour signer son attestation.").await?;
    Ok(Redirect::to(&format!("/habilitations/{}/fin", here.participation.authorization.0)).into_response())
}
