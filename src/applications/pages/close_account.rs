//! `/compte/fermer`: leave for good.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use tower_sessions::Session;

use crate::{
    AppState,
    accounts::{Applicant, pages::again},
    applications::{Application, Purpose, close_account, close_account::why_not, invite, store},
    fields::{Field, Fields},
    problem::Problem,
    web::{Frame, Page, Refused, session},
};

const PASSWORD: Field = Field { name: "password", label: "Votre mot de passe" };

#[derive(Template)]
#[template(path = "applications/close_account.html")]
struct CloseAccountPage {
    frame: Frame,
    form: Fields,
    email: String,
    /// Why it must wait, when a demande does.
    why_not: Option<String>,
    /// Demandes that may be handed over to a colleague: those that keep the account open, or all of them when nothing does.
    to_hand_over: Vec<Application>,
}

async fn prepare(state: &AppState, by: &Applicant, frame: Frame, form: Fields) -> Result<CloseAccountPage, Problem> {
    let own = store::list_own(&mut *state.db.acquire().await?, by.person().account).await?;
    let in_progress: Vec<_> = own.iter().filter(|own| own.state.is_in_progress()).map(|own| own.id).collect();
    let why_not = why_not(&in_progress);
    let is_shown = |own: &Application| match why_not {
        Some(_) => own.state.is_in_progress(),
        None => invite::why_not(own.state, Purpose::HandOver).is_none(),
    };
    let to_hand_over = own.into_iter().filter(is_shown).collect();
    Ok(CloseAccountPage { frame, form, email: by.person().email.to_string(), why_not, to_hand_over })
}

#[derive(Template)]
#[template(path = "applications/account_closed.html")]
struct AccountClosedPage {
    frame: Frame,
}

pub(super) async fn show(by: Applicant, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    Ok(Page(prepare(&state, &by, frame, Fields::default()).await?).into_response())
}

pub(super) async fn close(
    State(state): State<AppState>,
    by: Applicant,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let Some(password) = form.parse(PASSWORD, again::read) else {
        return Ok(Refused(prepare(&state, &by, frame, form).await?).into_response());
    };
    let compared = again::compare(&state, by.person().account, password, now).await?;
    let mut transaction = state.db.begin().await?;
    let closed = close_account(&mut transaction, &by, compared, now).await?;
    transaction.commit().await?;
    if !closed {
        form.refuse(PASSWORD, "Ce n’est pas votre mot de passe. Saisissez-le de nouveau.");
        return Ok(Refused(prepare(&state, &by, frame, form).await?).into_response());
    }
    session::leave(&session).await?;
    let mut response = Page(AccountClosedPage { frame: Frame { signed_in: None, ..frame } }).into_response();
    session::forget_pages(&mut response);
    Ok(response)
}
