//! Act: take the oldest dossier that waits for the team and that nobody answers for.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{store::owner, take::take_locked};
use crate::{accounts::Reviewer, applications, ids::ApplicationId, problem::Problem, review::open::is_own};

/// Takes the oldest, passing over those a colleague is taking at this moment and those of one's own organisation; none when none is left.
///
/// # Errors
/// The database's.
pub async fn take_next(connection: &mut PgConnection, by: &Reviewer, now: OffsetDateTime) -> Result<Option<ApplicationId>, Problem> {
    let mut passed = None;
    while let Some(id) = owner::lock_next_untaken(connection, passed).await? {
        let application = applications::find(connection, id).await?;
        if !is_own(connection, by.person(), &application).await? {
            take_locked(connection, by, &application, now).await?;
            return Ok(Some(id));
        }
        passed = Some(id);
    }
    Ok(None)
}
