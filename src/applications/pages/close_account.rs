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
    applications::{close_account, close_account::why_not, store},
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
}

#[derive(Template)]
#[template(path = "applications/account_closed.html")]
struct AccountClosedPage {
    frame: Frame,
}

pub(super) async fn show(by: Applicant, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    let mut connection = state.db.acquire().await?;
    let own = store::list_own(&mut connection, by.person().account).await?;
    let in_progress: Vec<_> = own.iter().filter(|own| own.state.is_in_progress()).map(|own| own.id).collect();
    let email = by.person().email.to_string();
    Ok(Page(CloseAccountPage { frame, form: Fields::default(), email, why_not: why_not(&in_progress) }).into_response())
}

pub(super) async fn close(
    State(state): State<AppState>,
    by: Applicant,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let email = by.person().email.to_string();
    let Some(password) = form.parse(PASSWORD, again::read) else {
        return Ok(Refused(CloseAccountPage { frame, form, email, why_not: None }).into_response());
    };
    let compared = again::compare(&state, by.person().account, password, now).await?;
    let mut transaction = state.db.begin().await?;
    let closed = close_account(&mut transaction, &by, compared, now).await?;
    transaction.commit().await?;
    if !closed {
        form.refuse(PASSWORD, "Ce n’est pas votre mot de passe. Saisissez-le de nouveau.");
        return Ok(Refused(CloseAccountPage { frame, form, email, why_not: None }).into_response());
    }
    session::leave(&session).await?;
    let mut response = Page(AccountClosedPage { frame: Frame { signed_in: None, ..frame } }).into_response();
    session::forget_pages(&mut response);
    Ok(response)
}
