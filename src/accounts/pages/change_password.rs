//! `/compte/mot-de-passe`: replace one's password.

use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::{again, opening};
use crate::{
    AppState,
    accounts::{Applicant, Password, PasswordOwner, change_password::change_password},
    fields::{Field, Fields},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, tell},
};

const CURRENT: Field = Field { name: "password", label: "Mot de passe actuel" };
const NEW: Field = Field { name: "password_new", label: "Nouveau mot de passe" };

const PATH: &str = "/compte/mot-de-passe";

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, PATH, show).post(Audience::SignedIn, PATH, change)
}

#[derive(Template)]
#[template(path = "accounts/change_password.html")]
struct ChangePasswordPage {
    frame: Frame,
    form: Fields,
    email: String,
    advice: String,
}

fn owner(by: &Applicant) -> PasswordOwner {
    let person = by.person();
    PasswordOwner::new(person.is_staff(), Some(&person.email), [&person.given_name, &person.family_name])
}

fn page(by: &Applicant, frame: Frame, form: Fields) -> ChangePasswordPage {
    ChangePasswordPage { frame, form, email: by.person().email.to_string(), advice: owner(by).advice() }
}

async fn show(by: Applicant, frame: Frame) -> Response {
    Page(page(&by, frame, Fields::default())).into_response()
}

async fn change(
    State(state): State<AppState>,
    by: Applicant,
    session: Session,
    frame: Frame,
    headers: HeaderMap,
    mut form: Fields,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let current = form.parse(CURRENT, again::read);
    let new = form.parse(NEW, |typed| Password::choose(typed, &owner(&by)));
    let (Some(current), Some(new)) = (current, new) else { return Ok(Refused(page(&by, frame, form)).into_response()) };
    let compared = again::compare(&state, by.person().account, current, now).await?;
    let new = state.passwords.hash(new).await?;
    let mut transaction = state.db.begin().await?;
    let changed = change_password(&mut transaction, compared, &new, now).await?;
    transaction.commit().await?;
    let Some(person) = changed else {
        form.refuse(CURRENT, "Ce n’est pas votre mot de passe actuel. Saisissez-le de nouveau.");
        return Ok(Refused(page(&by, frame, form)).into_response());
    };
    let mut response = Redirect::to("/compte").into_response();
    opening::open(&state, &session, &headers, &person, &mut response).await?;
    tell(&session, "Votre nouveau mot de passe est enregistré. Vos autres sessions sont fermées.").await?;
    Ok(response)
}
