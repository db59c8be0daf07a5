//! Act: start a demande for an organisation.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{application::Kind, store, store::Started};
use crate::{
    accounts::Applicant,
    ids::{ApplicationId, OrganisationId},
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Starts a demande; posting the same page twice starts one and leads to it.
///
/// # Errors
/// The database's.
pub async fn start(
    connection: &mut PgConnection,
    by: &Applicant,
    kind: Kind,
    organisation: OrganisationId,
    key: Uuid,
    now: OffsetDateTime,
) -> Result<ApplicationId, Problem> {
    match store::add(connection, kind, organisation, by.person().account, key, now).await? {
        Started::Before(id) => Ok(id),
        Started::Now(id) => {
            journal::record(connection, &by.by(), Subject::application(id, organisation), &Event::ApplicationStarted, now).await?;
            Ok(id)
        }
    }
}
