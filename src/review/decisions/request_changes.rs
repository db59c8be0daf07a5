//! Act: ask the applicant for changes.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{super::open, decision::Outcome, store};
use crate::{
    accounts::Reviewer,
    ids::ApplicationId,
    journal::{AskedPoint, Event},
    notifications::Letter,
    problem::Problem,
};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// In general; written by the desk when only points are asked.
    pub message: String,
    /// Point by point, each about a step or one of its fields.
    pub points: Vec<AskedPoint>,
}

impl Request {
    /// A message, points or both; nothing when neither says anything.
    pub fn new(message: String, points: Vec<AskedPoint>) -> Option<Self> {
        let message = match (message.is_empty(), points.len()) {
            (true, 0) => return None,
            (true, 1) => "Un point de votre demande est à revoir avant que nous puissions décider.".into(),
            (true, count) => format!("{count} points de votre demande sont à revoir avant que nous puissions décider."),
            (false, _) => message,
        };
        Some(Self { message, points })
    }
}

impl From<String> for Request {
    fn from(message: String) -> Self {
        Self { message, points: Vec::new() }
    }
}

impl From<&str> for Request {
    fn from(message: &str) -> Self {
        message.to_owned().into()
    }
}

/// Gives the demande back to its applicant with what is asked; nothing of it is lost.
///
/// # Errors
/// [`Problem::NotPossible`] when somebody decided or signed first or another version arrived; [`Problem::Forbidden`] for
/// one's own demande or organisation; the database's.
pub async fn request_changes(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    shown: i32,
    asked: Request,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let open = open::lock(connection, by, id, shown, Outcome::ChangesRequested).await?;
    if let Some(prepared) = store::find_prepared(connection, id).await?.filter(|prepared| prepared.version == open.version.number) {
        prepared.refuse_if_signed()?;
    }
    let decision = open.request(asked.message, service, now);
    let event = Event::ChangesRequested { version: decision.version, message: decision.message.clone(), points: asked.points.clone() };
    open.settle(connection, &decision, None, &event).await?;
    let letter = Letter::ChangesRequested {
        about: open.version.about(id),
        message: decision.message,
        points: asked.points,
        author: decision.author,
    };
    open.tell_applicant(connection, &letter, now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_says_something() {
        let point =
            AskedPoint { part: "service".into(), field: String::new(), about: "Le service".into(), text: "Quelle adresse ?".into() };
        assert_eq!(Request::new(String::new(), vec![]), None);
        assert!(Request::new(String::new(), vec![point.clone()]).expect("as written above").message.starts_with("Un point"));
        assert!(Request::new(String::new(), vec![point.clone(), point.clone()]).expect("as written above").message.starts_with("2 points"));
        assert_eq!(Request::new("Bonjour.".into(), vec![point]).expect("as written above").message, "Bonjour.");
    }
}
