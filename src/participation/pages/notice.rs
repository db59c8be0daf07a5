//! `/instruction/rapports/{numero}/procedure`: the notice before a revocation, for reports that never came.

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
    authorizations::procedure::earliest_end,
    calendar,
    fields::{Field, Fields},
    participation::{Overdue, Participation, open_notice, store::reports::find_counts},
    problem::Problem,
    web::{Frame, Page, Refused, filters, tell},
};

const FACTS: Field = Field { name: "faits", label: "Les faits" };

#[derive(Debug, Template)]
#[template(path = "participation/notice.html")]
pub(super) struct NoticePage {
    frame: Frame,
    participation: Participation,
    form: Fields,
    observations_until: Date,
}

/// The overdue reports a notice is about; nothing to write when every reminder has not left.
async fn overdue(state: &AppState, participation: &Participation) -> Result<Overdue, Problem> {
    let counts = find_counts(&mut *state.db.acquire().await?).await?;
    let today = calendar::paris_date(state.clock.now());
    let found = Overdue::of(participation, |month| counts.of(participation.application, month), today);
    found.filter(Overdue::may_be_noticed).ok_or_else(|| {
        let sentence =
            "Aucun rapport de ce participant n’est en retard de quinze jours : nos rappels ne sont pas tous partis. Rien n’a été envoyé.";
        Problem::not_possible_but(sentence, "Voir les rapports en retard", "/instruction/rapports")
    })
}

pub(super) async fn show(
    _by: Reviewer,
    here: Participant,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<NoticePage>, Problem> {
    let overdue = overdue(&state, &here.participation).await?;
    let form = Fields::from_pairs(vec![(FACTS.name.to_owned(), overdue.facts())]);
    Ok(Page(NoticePage { frame, participation: here.participation, form, observations_until: earliest_end(state.clock.now()) }))
}

pub(super) async fn open(
    by: Reviewer,
    here: Participant,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    overdue(&state, &here.participation).await?;
    let Some(facts) = form.paragraph(FACTS, 5000) else {
        let page = NoticePage { frame, participation: here.participation, form, observations_until: earliest_end(now) };
        return Ok(Refused(page).into_response());
    };
    let mut transaction = state.db.begin().await?;
    open_notice(&mut transaction, &by, &here.participation, facts, &state.config.desk.desk_service, now).await?;
    transaction.commit().await?;
    tell(&session, "La procédure est ouverte : une lettre part au participant, qui est entendu avant toute décision.").await?;
    Ok(Redirect::to(&format!("/habilitations/{}/procedure", here.participation.authorization.0)).into_response())
}
