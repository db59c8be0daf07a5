//! `/connexion`: come in, and go on to the page that was asked for.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::{IntoResponse, Redirect, Response},
};
use time::OffsetDateTime;
use tower_sessions::Session;

use super::{again, opening, query, waiting};
use crate::{
    AppState,
    accounts::{
        DEMO_PASSWORD, DEMO_PEOPLE, EmailAddress, Person, TypedPassword,
        account::KeptOut,
        limits::{self, Wait},
        return_path::ReturnPath,
        sign_in::{Compared, NotSignedIn, sign_in, stored_password},
        store,
    },
    fields::{Field, Fields},
    problem::Problem,
    web::{Audience, ClientAddress, Frame, Page, Refused, Routes},
};

const EMAIL: Field = Field { name: "email", label: "Adresse électronique" };
const PASSWORD: Field = Field { name: "password", label: "Mot de passe" };
/// The parameter and the field that hold where somebody was going.
pub(super) const RETURN: &str = "suite";

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Anyone, "/connexion", show).post(Audience::Anyone, "/connexion", come_in)
}

/// What the page says above the form.
enum Told {
    Nothing,
    SessionExpired,
    SignedOut,
    PasswordChosen,
    Wrong,
    KeptOut(KeptOut),
    Wait { until: String },
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    frame: Frame,
    form: Fields,
    told: Told,
    return_to: Option<ReturnPath>,
    demo: bool,
}

impl SignInPage {
    fn is_error(&self) -> bool {
        !self.form.is_valid() || matches!(self.told, Told::Wrong | Told::KeptOut(_) | Told::Wait { .. })
    }

    /// The page that makes an account, and leads on to the same place.
    fn sign_up(&self) -> String {
        match &self.return_to {
            Some(path) => {
                format!("/inscription?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair(RETURN, path.as_str()).finish())
            }
            None => "/inscription".into(),
        }
    }

    /// The cursor goes where something is to be typed next.
    fn starts_in_password(&self) -> bool {
        self.form.is_valid() && !self.form.value(EMAIL.name).is_empty()
    }
}

async fn show(State(state): State<AppState>, frame: Frame, uri: Uri, person: Option<axum::Extension<Person>>) -> Response {
    let asked = query(&uri);
    let return_to = ReturnPath::parse(asked.value(RETURN));
    if let Some(axum::Extension(person)) = person {
        return Redirect::to(destination(return_to.as_ref(), &person)).into_response();
    }
    let told = match ["expiree", "deconnecte", "nouveau"].into_iter().find(|name| asked.has(name, "1")) {
        Some("expiree") => Told::SessionExpired,
        Some("deconnecte") => Told::SignedOut,
        Some(_) => Told::PasswordChosen,
        None => Told::Nothing,
    };
    Page(SignInPage { frame, form: Fields::default(), told, return_to, demo: state.config.demo.is_on() }).into_response()
}

async fn come_in(
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    ClientAddress(client): ClientAddress,
    headers: HeaderMap,
    mut form: Fields,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let return_to = ReturnPath::parse(form.value(RETURN));
    let email = form.parse(EMAIL, EmailAddress::parse);
    let password = form.parse(PASSWORD, again::read);
    let page = |form, told| SignInPage { frame, form, told, return_to: return_to.clone(), demo: state.config.demo.is_on() };
    let (Some(email), Some(password)) = (email, password) else {
        return Ok(Refused(page(form, Told::Nothing)).into_response());
    };
    let compared = match compare(&state, &headers, client, &email, password, now).await? {
        Ok(compared) => compared,
        Err(wait) => return Ok(waiting::answer(Page(page(form, Told::Wait { until: waiting::until(wait, now) })), wait, now)),
    };
    let mut transaction = state.db.begin().await?;
    let told = match sign_in(&mut transaction, compared, now).await? {
        Ok(person) => {
            transaction.commit().await?;
            let mut response = Redirect::to(destination(return_to.as_ref(), &person)).into_response();
            opening::open(&state, &session, &headers, &person, &mut response).await?;
            return Ok(response);
        }
        Err(NotSignedIn::Wrong) => Told::Wrong,
        Err(NotSignedIn::KeptOut(kept_out)) => Told::KeptOut(kept_out),
    };
    transaction.commit().await?;
    Ok(Refused(page(form, told)).into_response())
}

/// Counts the try, then compares the password; holds no connection meanwhile.
async fn compare(
    state: &AppState,
    headers: &HeaderMap,
    client: std::net::IpAddr,
    email: &EmailAddress,
    password: TypedPassword,
    now: OffsetDateTime,
) -> Result<Result<Compared, Wait>, Problem> {
    let mut transaction = state.db.begin().await?;
    let account = store::find_account_by_email(&mut transaction, email).await?;
    let browser = account.as_ref().and_then(|account| opening::known_browser(state, headers, account.person.account));
    let taken = match limits::take(&mut transaction, limits::on_sign_in(email, client, browser, now)).await? {
        Ok(taken) => taken,
        Err(wait) => return Ok(Err(wait)),
    };
    transaction.commit().await?;
    let length = password.length();
    let verdict = state.passwords.verify(password, stored_password(account.as_ref())).await?;
    Ok(Ok(Compared { account, verdict, length, taken }))
}

fn destination<'a>(return_to: Option<&'a ReturnPath>, person: &Person) -> &'a str {
    match return_to {
        Some(path) => path.as_str(),
        None if person.is_staff() => "/instruction",
        None => "/demandes",
    }
}
