//! What surrounds every page: who is signed in, where they are, what has just been done.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Request},
    http::request::Parts,
    middleware::Next,
    response::Response,
};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use super::routes::Audience;
use crate::{ids::AccountId, problem::Problem};

/// Who is signed in, as pages and routes need to know; put into the request by `accounts`.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// « Camille Rousseau ».
    pub name: String,
    /// The doors this person may open.
    pub audiences: Vec<Audience>,
    /// Whether they file for clients.
    pub has_clients: bool,
    /// Whether they read the monthly reports of a participant.
    pub has_reports: bool,
}

impl SignedIn {
    /// Whether a route declared for that audience is for this person.
    pub fn belongs_to(&self, audience: Audience) -> bool {
        audience == Audience::Anyone || self.audiences.contains(&audience)
    }
}

/// In the request's extensions: the session it carries ended not long ago. Whoever answers sends them to sign in again and says so.
#[derive(Clone, Copy, Debug)]
pub struct SessionExpired {
    /// Whose session it was.
    pub account: AccountId,
}

/// Carries who is signed in from the request to the response, where the problem page reads it.
pub async fn carry_visitor(request: Request, next: Next) -> Response {
    let signed_in = request.extensions().get::<SignedIn>().cloned();
    let expired = request.extensions().get::<SessionExpired>().copied();
    let mut response = next.run(request).await;
    if let Some(person) = signed_in {
        response.extensions_mut().insert(person);
    }
    if let Some(expired) = expired {
        response.extensions_mut().insert(expired);
    }
    response
}

/// Told once, on the next page: what has just been done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// The sentence.
    pub sentence: String,
}

const NOTICE: &str = "notice";

/// Keeps a sentence for the next page.
///
/// # Errors
/// [`Problem::Busy`] when the session cannot be read.
pub async fn tell(session: &Session, sentence: impl Into<String>) -> Result<(), Problem> {
    session.insert(NOTICE, Notice { sentence: sentence.into() }).await.map_err(|error| Problem::Busy(error.to_string()))
}

/// The frame of a page; every template has one as `frame`.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Who is signed in, if anybody is.
    pub signed_in: Option<SignedIn>,
    /// The path of the page, without its query.
    pub path: String,
    /// What has just been done.
    pub notice: Option<Notice>,
}

impl Frame {
    /// Whether staff are looking: they have other menus and a wider page.
    pub fn is_staff(&self) -> bool {
        self.signed_in.as_ref().is_some_and(|person| person.belongs_to(Audience::Staff))
    }

    /// Whether an administrator is looking.
    pub fn is_admin(&self) -> bool {
        self.signed_in.as_ref().is_some_and(|person| person.belongs_to(Audience::Admin))
    }

    /// Whether whoever looks answers for the campaigns of experiment.
    pub fn has_campaigns(&self) -> bool {
        self.signed_in.as_ref().is_some_and(|person| person.belongs_to(Audience::Campaigns))
    }

    /// Whether whoever looks files for clients.
    pub fn has_clients(&self) -> bool {
        self.signed_in.as_ref().is_some_and(|person| person.has_clients)
    }

    /// Whether whoever looks reads the monthly reports of a participant.
    pub fn has_reports(&self) -> bool {
        self.signed_in.as_ref().is_some_and(|person| person.has_reports)
    }

    /// Whether the page is about monthly reports: those of a right stand below it, and belong to the reader's entry all the same.
    pub fn is_about_reports(&self) -> bool {
        let of_a_right = self.path.strip_prefix("/habilitations/").and_then(|rest| rest.split('/').nth(1));
        self.is_in("/rapports") || (self.has_reports() && of_a_right == Some("rapports"))
    }

    /// Whether the page belongs to the section that starts there.
    pub fn is_in(&self, section: &str) -> bool {
        self.path == section || self.path.strip_prefix(section).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Frame {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let notice = match parts.extensions.get::<Session>() {
            // A page is not refused because its notice cannot be read.
            // Removing what is not there would write the session at every page.
            Some(session) if matches!(session.get_value(NOTICE).await, Ok(Some(_))) => {
                session.remove::<Notice>(NOTICE).await.unwrap_or_default()
            }
            _ => None,
        };
        Ok(Self { signed_in: parts.extensions.get::<SignedIn>().cloned(), path: parts.uri.path().to_owned(), notice })
    }
}
