//! What a change that comes to nothing leaves: the demande as it was granted.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    applications::{Application, keep_clock},
    attachments,
    problem::Problem,
};

/// Puts a demande back as it was granted: approved, the version in force its current one, its form and its files those of that version. The
/// versions handed in meanwhile stay readable, and no clock runs. The caller holds the demande.
///
/// # Errors
/// The database's.
pub async fn return_to_granted(
    connection: &mut PgConnection,
    application: &Application,
    granted: i32,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    store::restore_steps(connection, application.id, now).await?;
    store::forget_kept_steps(connection, application.id).await?;
    attachments::restore(connection, application.id, granted, now).await?;
    store::save_return(connection, application.id, now).await?;
    keep_clock(connection, application.id).await?;
    Ok(())
}
