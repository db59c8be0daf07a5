//! An organisation, or the team, no longer vouches for an e-mail domain.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    ConfirmedDomain, Reason, VerifiedMember,
    confirm_domain::refuse_ones_own,
    domain::store::{find_domains, save_removal},
    membership::store::{lock_people, lock_people_for},
};
use crate::{
    accounts::{Person, Reviewer},
    ids::{DomainId, OrganisationId},
    journal::{self, Event, Subject},
    problem::Problem,
};

/// A verified member removes it: it confirms nobody any more. Those it has confirmed stay so. Removing twice changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] when it is not their organisation's, or when their own confirmation was taken back meanwhile; the database's.
pub async fn by_member(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    domain: DomainId,
    now: OffsetDateTime,
) -> Result<ConfirmedDomain, Problem> {
    lock_people_for(connection, by).await?;
    remove(connection, by.person(), (by.organisation(), domain), None, now).await
}

/// A reviewer removes it, with a reason: only the team confirms it again.
///
/// # Errors
/// [`Problem::NotFound`] when that organisation has no such domain; [`Problem::Forbidden`] when the reviewer belongs to it; the database's.
pub async fn by_reviewer(
    connection: &mut PgConnection,
    by: &Reviewer,
    (organisation, domain): (OrganisationId, DomainId),
    because: &Reason,
    now: OffsetDateTime,
) -> Result<ConfirmedDomain, Problem> {
    lock_people(connection, organisation).await?;
    refuse_ones_own(connection, by, organisation).await?;
    remove(connection, by.person(), (organisation, domain), Some(because), now).await
}

async fn remove(
    connection: &mut PgConnection,
    by: &Person,
    (organisation, domain): (OrganisationId, DomainId),
    because: Option<&Reason>,
    now: OffsetDateTime,
) -> Result<ConfirmedDomain, Problem> {
    let known = find_domains(connection, organisation).await?.into_iter().find(|known| known.id == domain).ok_or(Problem::NotFound)?;
    let because = because.map(Reason::as_str);
    if save_removal(connection, domain, (by.account, because), now).await? {
        let event = Event::DomainRemoved { domain: known.domain.clone(), because: because.map(str::to_owned) };
        journal::record(connection, &by.as_author(), Subject::organisation(organisation), &event, now).await?;
    }
    Ok(known)
}
