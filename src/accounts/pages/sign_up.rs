//! `/inscription`: ask for an account.

use askama::Template;
use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};

use super::{check_mail::CheckMailPage, even::EvenPace, query, sign_in::RETURN, waiting};
use crate::{
    AppState,
    accounts::{
        EmailAddress, LEAST, Password, PasswordOwner, Person, limits, parse_person_name,
        password::advice,
        return_path::ReturnPath,
        sign_up::{SignUp, sign_up},
    },
    fields::{Field, Fields},
    problem::Problem,
    web::{Audience, ClientAddress, Frame, Page, Refused, Routes},
};

const GIVEN_NAME: Field = Field { name: "given_name", label: "Prénom" };
const FAMILY_NAME: Field = Field { name: "family_name", label: "Nom" };
const EMAIL: Field = Field { name: "email", label: "Adresse électronique professionnelle" };
const PASSWORD: Field = Field { name: "password", label: "Mot de passe" };

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Anyone, "/inscription", show).post(Audience::Anyone, "/inscription", ask)
}

#[derive(Template)]
#[template(path = "accounts/sign_up.html")]
struct SignUpPage {
    frame: Frame,
    form: Fields,
    advice: String,
    /// Where the person was going.
    return_to: Option<ReturnPath>,
    /// When another try is accepted, after too many.
    wait: Option<String>,
}

impl SignUpPage {
    fn new(frame: Frame, form: Fields, wait: Option<String>) -> Self {
        // A password is never given back: whoever corrects something else types it again.
        let again = if form.is_valid() { "" } else { "À saisir de nouveau. " };
        let return_to = ReturnPath::parse(form.value(RETURN));
        Self { frame, return_to, advice: format!("{again}{}", advice(LEAST)), form, wait }
    }
}

async fn show(frame: Frame, uri: Uri, person: Option<axum::Extension<Person>>) -> Response {
    if person.is_some() {
        return Redirect::to("/compte").into_response();
    }
    let mut form = Fields::default();
    form.set(RETURN, query(&uri).value(RETURN));
    Page(SignUpPage::new(frame, form, None)).into_response()
}

/// What was typed, checked: everything but the hash of the password.
struct Typed {
    email: EmailAddress,
    given_name: String,
    family_name: String,
    password: Password,
}

fn check(form: &mut Fields) -> Option<Typed> {
    let given_name = form.parse(GIVEN_NAME, parse_person_name);
    let family_name = form.parse(FAMILY_NAME, parse_person_name);
    let email = form.parse(EMAIL, EmailAddress::parse);
    let (given, family) = (form.value(GIVEN_NAME.name).to_owned(), form.value(FAMILY_NAME.name).to_owned());
    let password = form.parse(PASSWORD, |typed| {
        let owner = PasswordOwner::new(false, email.as_ref(), [&given, &family]);
        Password::choose(typed, &owner)
    });
    Some(Typed { email: email?, given_name: given_name?, family_name: family_name?, password: password? })
}

async fn ask(
    State(state): State<AppState>,
    frame: Frame,
    ClientAddress(client): ClientAddress,
    mut form: Fields,
) -> Result<Response, Problem> {
    let (now, even) = (state.clock.now(), EvenPace::start());
    let Some(typed) = check(&mut form) else {
        return Ok(Refused(SignUpPage::new(frame, form, None)).into_response());
    };
    let mut transaction = state.db.begin().await?;
    if let Err(wait) = limits::take(&mut transaction, limits::on_letter(&typed.email, client, now)).await? {
        let page = SignUpPage::new(frame, form, Some(waiting::until(wait, now)));
        return Ok(waiting::answer(Page(page), wait, now));
    }
    transaction.commit().await?;
    let password = state.passwords.hash(typed.password).await?;
    let return_to = ReturnPath::parse(form.value(RETURN));
    let asked = SignUp { email: typed.email, given_name: typed.given_name, family_name: typed.family_name, password, return_to };
    let mut transaction = state.db.begin().await?;
    sign_up(&mut transaction, &asked, now).await?;
    transaction.commit().await?;
    even.keep().await;
    Ok(Page(CheckMailPage::after_sign_up(frame, asked.email)).into_response())
}
