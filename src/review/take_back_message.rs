//! Act: take a message back.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    accounts::Person,
    applications::Application,
    attachments,
    ids::MessageId,
    journal::{self, Event, Subject},
    messages,
    problem::Problem,
};

/// Its author takes a message back within five minutes: what it said is gone with its files, that there was one stays. Taking it back twice changes
/// nothing. `here` is the page of the messages.
///
/// # Errors
/// [`Problem::NotPossible`] when it is somebody else's, or too late; the database's.
pub async fn take_back_message(
    connection: &mut PgConnection,
    by: &Person,
    application: &Application,
    message: MessageId,
    here: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let written = messages::lock_message(connection, application.id, message).await?;
    match written.take_back(by.account, now) {
        Ok(false) => Ok(()),
        Ok(true) => {
            messages::save_taken_back(connection, message, now).await?;
            messages::remove_files(connection, message).await?;
            for file in &written.files {
                attachments::forget(connection, by, application.organisation, file, now).await?;
            }
            let subject = Subject::application(application.id, application.organisation);
            journal::record(connection, &by.as_author(), subject, &Event::MessageTakenBack, now).await
        }
        // Whoever reads the thread sees that the message exists: the two refusals are told.
        Err(refusal) => Err(Problem::not_possible_but(refusal.to_string(), "Revenir aux messages", here)),
    }
}
