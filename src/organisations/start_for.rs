//! Somebody starts acting for an organisation they confirmed or declared.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Facts, find_or_create, join, membership::store::writing::save_declaration};
use crate::{accounts::Applicant, ids::OrganisationId, problem::Problem};

/// The organisation of these facts, found or written down, with the person among its members.
/// The name and town they declare are kept with their membership: they see their own words, nobody else's.
///
/// # Errors
/// The database's.
pub async fn start_for(
    connection: &mut PgConnection,
    by: &Applicant,
    facts: &Facts,
    now: OffsetDateTime,
) -> Result<OrganisationId, Problem> {
    let organisation = find_or_create(connection, &by.by(), facts, now).await?;
    join(connection, by, organisation, now).await?;
    if let Facts::Declared(declaration) = facts {
        save_declaration(connection, by.person().account, organisation, declaration).await?;
    }
    Ok(organisation)
}
