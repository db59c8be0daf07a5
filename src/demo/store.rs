//! SQL of the demonstration.

use sqlx::PgConnection;

use crate::{ids::ApplicationId, problem::Problem};

/// Takes the letters of a demande out of the outbox.
///
/// # Errors
/// The database's.
pub(super) async fn take_letters_out(connection: &mut PgConnection, id: ApplicationId) -> Result<(), Problem> {
    sqlx::query!("delete from outbox where application_id = $1", id.0).execute(connection).await?;
    Ok(())
}
