//! Act: strike a note out.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    accounts::Staff,
    applications::Application,
    ids::NoteId,
    journal::{self, ExaminingFact, Subject},
    problem::Problem,
};

/// Its author strikes a note out within five minutes: what it said is gone, that there was one stays. Striking it out twice changes nothing.
///
/// # Errors
/// [`Problem::NotPossible`] when it is somebody else's, or too late; [`Problem::NotFound`] when there is none; the database's.
pub async fn strike(
    connection: &mut PgConnection,
    by: &Staff,
    application: &Application,
    id: NoteId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let note = store::lock_note(connection, application.id, id).await?;
    match note.strike(by.person().account, now) {
        Ok(false) => Ok(()),
        Ok(true) => {
            store::save_struck(connection, id, now).await?;
            let subject = Subject::application(application.id, application.organisation);
            journal::record(connection, &by.by(), subject, &ExaminingFact::NoteStruck.into(), now).await
        }
        Err(refusal) => {
            let here = format!("/instruction/{}#notes", application.id.0);
            Err(Problem::not_possible_but(refusal.to_string(), "Revenir aux notes", here))
        }
    }
}
