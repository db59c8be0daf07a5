//! `/mot-de-passe-oublie`: ask for a link to choose a new password.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use super::{check_mail::CheckMailPage, even::EvenPace, waiting};
use crate::{
    AppState,
    accounts::{EmailAddress, ask_new_password::ask_new_password, limits},
    fields::{Field, Fields},
    problem::Problem,
    web::{Audience, ClientAddress, Frame, Page, Refused, Routes},
};

const EMAIL: Field = Field { name: "email", label: "Adresse électronique" };

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Anyone, "/mot-de-passe-oublie", show).post(Audience::Anyone, "/mot-de-passe-oublie", ask)
}

#[derive(Template)]
#[template(path = "accounts/forgotten.html")]
struct ForgottenPage {
    frame: Frame,
    form: Fields,
    /// When another try is accepted, after too many.
    wait: Option<String>,
}

async fn show(frame: Frame) -> Response {
    Page(ForgottenPage { frame, form: Fields::default(), wait: None }).into_response()
}

async fn ask(
    State(state): State<AppState>,
    frame: Frame,
    ClientAddress(client): ClientAddress,
    mut form: Fields,
) -> Result<Response, Problem> {
    let (now, even) = (state.clock.now(), EvenPace::start());
    let Some(email) = form.parse(EMAIL, EmailAddress::parse) else {
        return Ok(Refused(ForgottenPage { frame, form, wait: None }).into_response());
    };
    let mut transaction = state.db.begin().await?;
    if let Err(wait) = limits::take(&mut transaction, limits::on_letter(&email, client, now)).await? {
        let page = ForgottenPage { frame, form, wait: Some(waiting::until(wait, now)) };
        return Ok(waiting::answer(Page(page), wait, now));
    }
    ask_new_password(&mut transaction, &email, now).await?;
    transaction.commit().await?;
    even.keep().await;
    Ok(Page(CheckMailPage::after_forgotten(frame, email)).into_response())
}
