//! Act: ask the applicant for changes.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    decision::{Outcome, author},
    open, store,
};
use crate::{
    accounts::{self, Reviewer},
    applications,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    notifications::{self, Letter},
    problem::Problem,
};

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
    let author = author(by, service);
    let version = open.version.number;
    store::add_decision(connection, by, &open.application, Outcome::ChangesRequested, None, &message, &author, now).await?;
    applications::save_state(connection, id, open.becomes, now).await?;
    let subject = Subject::application(id, open.application.organisation);
    journal::record(connection, &by.by(), subject, &Event::ChangesRequested { version, message: message.clone() }, now).await?;
    let about = open.version.about(id);
    let letter = Letter::ChangesRequested { about, message, author };
    match accounts::find_person(connection, open.application.applicant).await? {
        Some(applicant) => {
            notifications::enqueue(connection, &format!("{id} version {version} decision"), &applicant.as_recipient(), &letter, now).await
        }
        // The account was closed since: nobody is left to write to, the decision stands on the dossier.
        None => Ok(()),
    }
}
