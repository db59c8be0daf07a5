//! Act: ask the applicant for changes.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{decision::Outcome, open};
use crate::{accounts::Reviewer, ids::ApplicationId, journal::Event, notifications::Letter, problem::Problem};

/// Gives the demande back to its applicant with what is asked; nothing of it is lost.
///
/// # Errors
/// [`Problem::NotPossible`] when somebody decided first or another version arrived; [`Problem::Forbidden`] for
/// one's own demande or organisation; the database's.
pub async fn request_changes(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    shown: i32,
    message: String,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let open = open::lock(connection, by, id, shown, Outcome::ChangesRequested).await?;
    let decision = open.decision(None, message, service, now);
    let event = Event::ChangesRequested { version: decision.version, message: decision.message.clone() };
    open.settle(connection, &decision, &event).await?;
    let letter = Letter::ChangesRequested { about: open.version.about(id), message: decision.message, author: decision.author };
    open.tell_applicant(connection, &letter, now).await
}
