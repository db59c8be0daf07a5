//! `/compte/organismes/nouveau`: a SIRET is typed, the organisation comes back to be confirmed or declared, then it is joined.

use askama::Template;
use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use crate::{
    AppState,
    accounts::Applicant,
    fields::Fields,
    organisations::{Choice, NAME, SIRET, TOWN, choose, find_membership, start_for, stock},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, tell},
};

#[derive(Debug, Template)]
#[template(path = "organisations/joining.html")]
struct JoiningPage {
    frame: Frame,
    form: Fields,
    choice: Option<Choice>,
    /// By the name, in the stock.
    can_search: bool,
}

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, "/compte/organismes/nouveau", ask).post(Audience::SignedIn, "/compte/organismes", join)
}

async fn ask(State(state): State<AppState>, uri: Uri, frame: Frame) -> Result<Response, Problem> {
    let mut form = Fields::from_query(uri.query().unwrap_or_default());
    if form.values(SIRET.name).next().is_none() {
        let can_search = stock::is_there(&mut *state.db.acquire().await?).await?;
        return Ok(Page(JoiningPage { frame, form, choice: None, can_search }).into_response());
    }
    let choice = choose(&state.db, &state.register, form.value(SIRET.name), state.clock.now()).await?;
    choice.note(&mut form);
    let page = JoiningPage { frame, choice: Some(choice), form, can_search: false };
    Ok(if page.form.is_valid() { Page(page).into_response() } else { Refused(page).into_response() })
}

async fn join(
    State(state): State<AppState>,
    applicant: Applicant,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let choice = choose(&state.db, &state.register, form.value(SIRET.name), state.clock.now()).await?;
    let Some(facts) = choice.facts(&mut form) else {
        return Ok(Refused(JoiningPage { frame, choice: Some(choice), form, can_search: false }).into_response());
    };
    let mut transaction = state.db.begin().await?;
    let organisation = start_for(&mut transaction, &applicant, &facts, state.clock.now()).await?;
    let membership = find_membership(&mut transaction, applicant.person().account, organisation).await?;
    transaction.commit().await?;
    let is_verified = membership.is_some_and(|membership| membership.is_verified());
    let sentence = if is_verified {
        "L’organisme fait partie des vôtres. Votre appartenance est confirmée."
    } else {
        "L’organisme fait partie des vôtres. Votre appartenance n’est pas encore vérifiée."
    };
    tell(&session, sentence).await?;
    Ok(Redirect::to("/compte/organismes").into_response())
}
