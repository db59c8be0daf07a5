//! `/compte/fermer`: leave for good.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use tower_sessions::Session;

use super::{again, waiting};
use crate::{
    AppState,
    accounts::{Applicant, close_account::close_account},
    fields::{Field, Fields},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, session},
};

const PASSWORD: Field = Field { name: "password", label: "Votre mot de passe" };

const PATH: &str = "/compte/fermer";

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, PATH, show).post(Audience::SignedIn, PATH, close)
}

#[derive(Template)]
#[template(path = "accounts/close_account.html")]
struct CloseAccountPage {
    frame: Frame,
    form: Fields,
    email: String,
}

#[derive(Template)]
#[template(path = "accounts/account_closed.html")]
struct AccountClosedPage {
    frame: Frame,
}

async fn show(by: Applicant, frame: Frame) -> Response {
    Page(CloseAccountPage { frame, form: Fields::default(), email: by.person().email.to_string() }).into_response()
}

async fn close(
    State(state): State<AppState>,
    by: Applicant,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let refused = |frame, form| Refused(CloseAccountPage { frame, form, email: by.person().email.to_string() }).into_response();
    let Some(password) = form.parse(PASSWORD, again::read) else { return Ok(refused(frame, form)) };
    let compared = again::compare(&state, by.person().account, password, now).await?.map_err(|wait| waiting::problem(wait, now))?;
    let mut transaction = state.db.begin().await?;
    let closed = close_account(&mut transaction, compared, now).await?;
    transaction.commit().await?;
    if closed.is_none() {
        form.refuse(PASSWORD, "Ce n’est pas votre mot de passe. Saisissez-le de nouveau.");
        return Ok(refused(frame, form));
    }
    session::leave(&session).await?;
    let mut response = Page(AccountClosedPage { frame: Frame { signed_in: None, ..frame } }).into_response();
    session::forget_pages(&mut response);
    Ok(response)
}
