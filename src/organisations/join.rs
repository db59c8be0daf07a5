//! Somebody says they act for an organisation.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    membership::store::{lock_people, writing::add_membership},
    verify_membership::by_domain,
};
use crate::{
    accounts::Applicant,
    ids::OrganisationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Makes the person a member: verified at once when their address ends with a domain the organisation vouches for, otherwise « non
/// vérifiée » until somebody else confirms it. Joining twice changes nothing.
///
/// # Errors
/// The database's.
pub async fn join(connection: &mut PgConnection, by: &Applicant, organisation: OrganisationId, now: OffsetDateTime) -> Result<(), Problem> {
    let account = by.person().account;
    lock_people(connection, organisation).await?;
    if add_membership(connection, account, organisation, now).await? {
        journal::record(connection, &by.by(), Subject::membership(account, organisation), &Event::OrganisationJoined, now).await?;
    }
    by_domain(connection, &by.by(), organisation, Some(account), now).await?;
    Ok(())
}
