//! SQL of the demonstration.

use sqlx::PgConnection;

use crate::{ids::ApplicationId, problem::Problem};

/// Holds the letters of a demande back: every receipt has its letter, and nobody receives it.
///
/// # Errors
/// The database's.
pub(super) async fn hold_letters(connection: &mut PgConnection, id: ApplicationId) -> Result<(), Problem> {
    sqlx::query!("update outbox set state = 'held' where application_id = $1 and state = 'waiting'", id.0).execute(connection).await?;
    Ok(())
}
