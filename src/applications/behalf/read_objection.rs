//! Act: a reviewer says that they have read what somebody of the client objects.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store::client;
use crate::{
    accounts::Reviewer,
    applications::store,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Marks an objection as read: it stands, and the decision is the team's again. Reading twice changes nothing.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is no such demande.
pub async fn read_objection(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    objection: i64,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let application = store::lock(connection, id).await?;
    if let Some(name) = client::save_reading(connection, id, objection, by.person().account, now).await? {
        let subject = Subject::application(id, application.organisation);
        journal::record(connection, &by.by(), subject, &Event::ObjectionRead { name }, now).await?;
    }
    Ok(())
}
