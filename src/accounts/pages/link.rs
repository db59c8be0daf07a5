//! `/lien/{number}/{seal}`: what a letter leads to. Opening it changes nothing, for mail scanners open links too; the button acts.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;
use uuid::Uuid;

use super::{again, opening, query, sign_in::RETURN};
use crate::{
    AppState,
    accounts::{
        Password, PasswordOwner,
        account::{Account, KeptOut},
        choose_password::choose_password,
        confirm_address::{NotConfirmed, confirm_address},
        links::{self, Link, LinkState, Purpose},
        return_path::ReturnPath,
        sign_in::NotSignedIn,
        store,
    },
    fields::{Field, Fields},
    problem::Problem,
    web::{Audience, Frame, Page, Routes, tell},
};

const PASSWORD: Field = Field { name: "password", label: "Votre mot de passe" };
const NEW_PASSWORD: Field = Field { name: "password", label: "Nouveau mot de passe" };

const PATH: &str = "/lien/{id}/{seal}";

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Anyone, PATH, show).post(Audience::Anyone, PATH, act)
}

#[derive(Template)]
#[template(path = "accounts/confirm_address.html")]
struct ConfirmAddressPage {
    frame: Frame,
    form: Fields,
    email: String,
    is_suspended: bool,
}

#[derive(Template)]
#[template(path = "accounts/choose_password.html")]
struct ChoosePasswordPage {
    frame: Frame,
    form: Fields,
    email: String,
    advice: String,
    is_first: bool,
}

#[derive(Template)]
#[template(path = "accounts/dead_link.html")]
struct DeadLinkPage {
    frame: Frame,
    /// None when no link of ours has that number and that seal.
    link: Option<(Purpose, LinkState)>,
}

/// A link that works, and whose it is.
struct OpenLink {
    link: Link,
    account: Account,
}

impl OpenLink {
    fn owner(&self) -> PasswordOwner {
        let person = &self.account.person;
        PasswordOwner::new(person.is_staff(), Some(&person.email), [&person.given_name, &person.family_name])
    }

    fn page(&self, frame: Frame, form: Fields) -> Response {
        let email = self.account.person.email.to_string();
        match self.link.purpose {
            Purpose::ConfirmAddress => {
                Page(ConfirmAddressPage { frame, form, email, is_suspended: self.account.is_suspended }).into_response()
            }
            Purpose::ChoosePassword | Purpose::StaffInvitation => {
                let is_first = self.link.purpose == Purpose::StaffInvitation;
                Page(ChoosePasswordPage { frame, form, email, advice: self.owner().advice(), is_first }).into_response()
            }
        }
    }

    /// The page given back, with what must be corrected.
    fn refused(&self, frame: Frame, form: Fields) -> Response {
        let mut response = self.page(frame, form);
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        private(response)
    }
}

/// Finds the link of an address; none when it does not work, with the reason.
async fn find(state: &AppState, id: &str, seal: &str) -> Result<Result<OpenLink, Option<(Purpose, LinkState)>>, Problem> {
    let Some(id) = Uuid::try_parse(id).ok().filter(|id| state.secret.opens(*id, seal)) else { return Ok(Err(None)) };
    let mut connection = state.db.acquire().await?;
    let Some(link) = links::find(&mut connection, id).await? else { return Ok(Err(None)) };
    match link.state(state.clock.now()) {
        LinkState::Open => {
            let account = store::find_account(&mut connection, link.account).await?.ok_or(Problem::NotFound)?;
            Ok(Ok(OpenLink { link, account }))
        }
        dead => Ok(Err(Some((link.purpose, dead)))),
    }
}

fn dead(frame: Frame, link: Option<(Purpose, LinkState)>) -> Response {
    let status = if link.is_some() { StatusCode::GONE } else { StatusCode::NOT_FOUND };
    private((status, Page(DeadLinkPage { frame, link })).into_response())
}

/// The address of the page is a secret: it is neither kept nor told to other sites.
fn private(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

async fn show(State(state): State<AppState>, frame: Frame, Path((id, seal)): Path<(String, String)>) -> Result<Response, Problem> {
    Ok(match find(&state, &id, &seal).await? {
        Ok(open) => private(open.page(frame, Fields::default())),
        Err(link) => dead(frame, link),
    })
}

async fn act(
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    Path((id, seal)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    form: Fields,
) -> Result<Response, Problem> {
    match find(&state, &id, &seal).await? {
        Err(link) => Ok(dead(frame, link)),
        Ok(open) if open.link.purpose == Purpose::ConfirmAddress => {
            let return_to = ReturnPath::parse(query(&uri).value(RETURN));
            confirm(&state, &session, frame, open, &headers, form, return_to).await
        }
        Ok(open) => choose(&state, frame, open, &headers, form).await,
    }
}

async fn confirm(
    state: &AppState,
    session: &Session,
    frame: Frame,
    mut open: OpenLink,
    headers: &HeaderMap,
    mut form: Fields,
    return_to: Option<ReturnPath>,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let Some(password) = form.parse(PASSWORD, again::read) else { return Ok(open.refused(frame, form)) };
    let compared = again::compare(state, open.account.person.account, password, now).await?;
    let mut transaction = state.db.begin().await?;
    let outcome = confirm_address(&mut transaction, open.link.id, compared, now).await?;
    transaction.commit().await?;
    match outcome {
        Ok(person) => {
            let mut response = Redirect::to(return_to.as_ref().map_or("/demandes", ReturnPath::as_str)).into_response();
            opening::open(state, session, headers, &person, &mut response).await?;
            tell(session, "Votre adresse est confirmée et vous êtes connecté. Vous pouvez commencer une demande.").await?;
            Ok(private(response))
        }
        Err(NotConfirmed::DeadLink) => Ok(dead(frame, Some((open.link.purpose, LinkState::Used)))),
        Err(NotConfirmed::NotSignedIn(NotSignedIn::KeptOut(kept_out))) => {
            open.account.is_suspended = kept_out == KeptOut::Suspended;
            Ok(open.refused(frame, form))
        }
        Err(NotConfirmed::NotSignedIn(NotSignedIn::Wrong)) => {
            form.refuse(PASSWORD, "Ce n’est pas le mot de passe choisi à l’inscription. Saisissez-le de nouveau, ou choisissez-en un autre avec « Mot de passe oublié ».");
            Ok(open.refused(frame, form))
        }
    }
}

async fn choose(state: &AppState, frame: Frame, open: OpenLink, headers: &HeaderMap, mut form: Fields) -> Result<Response, Problem> {
    let owner = open.owner();
    let Some(password) = form.parse(NEW_PASSWORD, |typed| Password::choose(typed, &owner)) else {
        return Ok(open.refused(frame, form));
    };
    let password = state.passwords.hash(password).await?;
    let mut transaction = state.db.begin().await?;
    let chosen = choose_password(&mut transaction, &open.link, &password, state.clock.now()).await?;
    transaction.commit().await?;
    let Some(person) = chosen else { return Ok(dead(frame, Some((open.link.purpose, LinkState::Used)))) };
    let mut response = Redirect::to("/connexion?nouveau=1").into_response();
    // Whoever reads the mailbox is the owner: strangers' mistakes no longer keep this browser waiting.
    opening::mark(state, headers, person.account, &mut response);
    Ok(private(response))
}
