//! Act: grant the right a decision approves.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    accounts::Reviewer,
    applications::{Application, Version},
    ids::AuthorizationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Freezes the approved version as a right. One version gives one right at most: the database refuses a second.
///
/// # Errors
/// The database's.
pub async fn grant(
    connection: &mut PgConnection,
    by: &Reviewer,
    application: &Application,
    version: &Version,
    decision: i64,
    now: OffsetDateTime,
) -> Result<AuthorizationId, Problem> {
    let authorization = store::add(connection, application, version, decision, now).await?;
    let subject = Subject::application(application.id, application.organisation);
    journal::record(connection, &by.by(), subject, &Event::AuthorizationGranted { authorization }, now).await?;
    Ok(authorization)
}
