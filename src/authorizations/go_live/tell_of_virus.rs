//! Act: a virus was found in a screen of the journey; whoever sent it is told.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    accounts,
    attachments::Attachment,
    authorizations,
    notifications::{self, InfectedFile, Letter},
    problem::Problem,
};

/// Writes to whoever asked to go to production with that file; nothing when it came otherwise, or they closed their account.
///
/// # Errors
/// The database's.
pub async fn tell_of_virus(connection: &mut PgConnection, file: &Attachment, now: OffsetDateTime) -> Result<(), Problem> {
    let Some((right, asked_by)) = store::find_asker(connection, file.id).await? else { return Ok(()) };
    let Some(to) = accounts::find_person(connection, asked_by).await? else { return Ok(()) };
    let about = authorizations::find(connection, right).await?.about();
    let letter = Letter::VirusFound { about, file: file.name.to_string(), place: InfectedFile::OfGoLive, is_for_team: false };
    notifications::enqueue(connection, &format!("{right} file {}", file.id), &to.as_recipient(), &letter, now).await
}
