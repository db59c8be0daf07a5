//! Act: write a note.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::store;
use crate::{
    accounts::Staff,
    applications,
    ids::{ApplicationId, NoteId},
    journal::{self, ExaminingFact, Subject},
    problem::Problem,
    review::open::refuse_own,
};

/// Somebody of the team notes something about a demande, whatever became of it; nobody is told. None when the same page had written it.
///
/// # Errors
/// [`Problem::Forbidden`] for one's own demande or organisation; the database's.
pub async fn write(
    connection: &mut PgConnection,
    by: &Staff,
    id: ApplicationId,
    body: &str,
    key: Uuid,
    now: OffsetDateTime,
) -> Result<Option<NoteId>, Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    let note = store::add_note(connection, id, by.person().account, body, key, now).await?;
    if note.is_some() {
        journal::record(connection, &by.by(), Subject::application(id, application.organisation), &ExaminingFact::NoteWritten.into(), now)
            .await?;
    }
    Ok(note)
}
