//! Why something could not be done, said to the person it happens to.

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// A link that leads on from a problem.
#[derive(Clone, Debug)]
pub struct NextLink {
    /// What it says.
    pub label: Cow<'static, str>,
    /// Where it leads, on this site.
    pub href: String,
}

/// Why a request cannot be answered. Each arm has its status, its sentence and its next link.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It does not exist, or it is not yours: the two are told alike.
    #[error("nothing here")]
    NotFound,
    /// Somebody must sign in first; they come back afterwards.
    #[error("signed out")]
    SignedOut,
    /// They may not, and knowing that it exists is no secret.
    #[error("forbidden: {0}")]
    Forbidden(Cow<'static, str>),
    /// The state of things does not allow it (any more): the sentence says which, the link leads on.
    #[error("not possible: {sentence}")]
    NotPossible {
        /// What happened and what it means.
        sentence: String,
        /// Where to go now.
        next: Option<NextLink>,
    },
    /// The request is malformed in a way no form of ours produces.
    #[error("bad request: {0}")]
    BadRequest(Cow<'static, str>),
    /// Too many tries; seconds to wait.
    #[error("too many tries")]
    TooManyTries {
        /// Seconds.
        retry_after: u64,
    },
    /// The database is away or overloaded: nothing was done.
    #[error("busy: {0}")]
    Busy(String),
    /// Our fault.
    #[error("internal: {0:#}")]
    Internal(anyhow::Error),
}

impl Problem {
    /// A refusal with its sentence and no link of its own.
    pub fn not_possible(sentence: impl Into<String>) -> Self {
        Self::NotPossible { sentence: sentence.into(), next: None }
    }

    /// A refusal with its sentence and a link that leads on.
    pub fn not_possible_but(sentence: impl Into<String>, label: impl Into<Cow<'static, str>>, href: impl Into<String>) -> Self {
        Self::NotPossible { sentence: sentence.into(), next: Some(NextLink { label: label.into(), href: href.into() }) }
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => Self::Busy(error.to_string()),
            sqlx::Error::Database(database) => match database.code().as_deref() {
                // lock timeout, statement timeout, deadlock, serialization, shutting down, starting up, too many clients, read-only
                Some("55P03" | "57014" | "40P01" | "40001" | "57P01" | "57P02" | "57P03" | "53300" | "25006") => {
                    Self::Busy(error.to_string())
                }
                _ => Self::Internal(error.into()),
            },
            _ => Self::Internal(error.into()),
        }
    }
}

/// What the problem page says; carried by the response until [`crate::web::problem_page`] dresses it.
#[derive(Clone, Debug)]
pub struct ProblemReport {
    /// The page's heading.
    pub title: Cow<'static, str>,
    /// What happened, what it means, what can be done.
    pub sentence: Cow<'static, str>,
    /// Where to go now.
    pub next: Option<NextLink>,
    /// The visitor must sign in: the page becomes a redirection.
    pub sign_in: bool,
}

impl ProblemReport {
    fn new(title: &'static str, sentence: impl Into<Cow<'static, str>>) -> Self {
        Self { title: Cow::Borrowed(title), sentence: sentence.into(), next: None, sign_in: false }
    }

    /// The report for a bare status, for answers that no handler of ours made.
    pub fn for_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::new(
                "Cette page n’existe pas",
                "L’adresse est peut-être incomplète, ou la page n’est pas accessible avec votre compte.",
            ),
            StatusCode::METHOD_NOT_ALLOWED => Self::new(
                "Cette adresse ne s’ouvre pas de cette façon",
                "Rien n’a été fait. Revenez à la page précédente et utilisez ses boutons.",
            ),
            StatusCode::FORBIDDEN => Self::new(
                "Cette action a été refusée",
                "La demande ne venait pas d’une page de ce site. Rien n’a été fait. Revenez à la page et recommencez.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(
                "C’est trop long pour être reçu",
                "L’envoi dépasse la taille que nous acceptons. Rien n’a été enregistré. Revenez en arrière, puis raccourcissez votre texte ou joignez moins de fichiers à la fois.",
            ),
            StatusCode::REQUEST_TIMEOUT => Self::new(
                "L’envoi a duré trop longtemps",
                "La connexion s’est interrompue avant la fin. Rien n’a été enregistré : revenez en arrière et recommencez.",
            ),
            StatusCode::TOO_MANY_REQUESTS => Self::new(
                "Trop d’essais en peu de temps",
                "Par sécurité, nous attendons un peu avant d’accepter un nouvel essai. Réessayez dans quelques minutes.",
            ),
            StatusCode::SERVICE_UNAVAILABLE => Self::new(
                "Le guichet est très occupé",
                "Votre action n’a pas été prise en compte. Ce que vous aviez enregistré est intact. Réessayez dans une minute.",
            ),
            status if status.is_client_error() => {
                Self::new("Cette demande n’a pas été comprise", "Rien n’a été fait. Revenez à la page précédente et recommencez.")
            }
            _ => Self::new(
                "Cette page n’a pas pu s’afficher",
                "La panne vient de chez nous. Ce que vous aviez enregistré est intact ; rien n’est parti à votre place.",
            ),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, report) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, ProblemReport::for_status(StatusCode::NOT_FOUND)),
            Self::SignedOut => {
                let mut report = ProblemReport::new("Connectez-vous", "Cette page demande d’être connecté.");
                report.sign_in = true;
                (StatusCode::UNAUTHORIZED, report)
            }
            Self::Forbidden(sentence) => (StatusCode::FORBIDDEN, ProblemReport::new("Vous n’avez pas accès à cette page", sentence)),
            Self::NotPossible { sentence, next } => {
                let mut report = ProblemReport::new("Ce n’est plus possible", sentence);
                report.next = next;
                (StatusCode::CONFLICT, report)
            }
            Self::BadRequest(sentence) => {
                let mut report = ProblemReport::for_status(StatusCode::BAD_REQUEST);
                report.sentence = sentence;
                (StatusCode::BAD_REQUEST, report)
            }
            Self::TooManyTries { retry_after } => {
                let report = ProblemReport::for_status(StatusCode::TOO_MANY_REQUESTS);
                let mut response = carry(StatusCode::TOO_MANY_REQUESTS, report);
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
                return response;
            }
            Self::Busy(cause) => {
                tracing::warn!(cause, "busy");
                let mut response = carry(StatusCode::SERVICE_UNAVAILABLE, ProblemReport::for_status(StatusCode::SERVICE_UNAVAILABLE));
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(30u64));
                return response;
            }
            Self::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "internal problem");
                (StatusCode::INTERNAL_SERVER_ERROR, ProblemReport::for_status(StatusCode::INTERNAL_SERVER_ERROR))
            }
        };
        carry(status, report)
    }
}

fn carry(status: StatusCode, report: ProblemReport) -> Response {
    let mut response = status.into_response();
    response.extensions_mut().insert(report);
    response
}
