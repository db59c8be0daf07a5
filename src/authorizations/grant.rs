//! Act: grant the right a decision approves.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{State, store};
use crate::{
    accounts::Reviewer,
    applications::{self, Application, Version},
    ids::AuthorizationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Freezes the approved version as a right, which takes the place of the one the demande already led to, and its suspension over. One version gives one right at most:
/// the database refuses a second.
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
    let suspended_until = store::supersede(connection, application.id, now).await?;
    applications::forget_kept_steps(connection, application.id).await?;
    let authorization = store::add(connection, application, version, decision, now).await?;
    // Changing what was granted does not end the suspension of it.
    if suspended_until.is_some() {
        store::save_state(connection, authorization, State::Suspended, suspended_until, now).await?;
    }
    let subject = Subject::application(application.id, application.organisation);
    journal::record(connection, &by.by(), subject, &Event::AuthorizationGranted { authorization }, now).await?;
    Ok(authorization)
}
