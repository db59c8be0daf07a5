//! Somebody says they act for an organisation.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::membership::store;
use crate::{
    accounts::Applicant,
    ids::OrganisationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Makes the person a member, « non vérifiée » until somebody else confirms it. Joining twice changes nothing.
///
/// # Errors
/// The database's.
pub async fn join(connection: &mut PgConnection, by: &Applicant, organisation: OrganisationId, now: OffsetDateTime) -> Result<(), Problem> {
    let account = by.person().account;
    if store::add_membership(connection, account, organisation, now).await? {
        journal::record(connection, &by.by(), Subject::membership(account, organisation), &Event::OrganisationJoined, now).await?;
    }
    Ok(())
}
