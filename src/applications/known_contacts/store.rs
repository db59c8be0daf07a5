//! SQL of people already named.

use sqlx::PgConnection;

use super::KnownContacts;
use crate::{
    ids::{AccountId, OrganisationId},
    problem::Problem,
};

/// Demandes that are looked at: what is older is likely to be out of date.
const MOST: i64 = 10;

/// The people named in the last demandes handed in for an organisation, among those the reader may read: their own, and their colleagues'
/// where their membership is confirmed.
///
/// # Errors
/// The database's.
pub async fn find_known_contacts(
    connection: &mut PgConnection,
    organisation: OrganisationId,
    reader: AccountId,
) -> Result<KnownContacts, Problem> {
    let rows = sqlx::query_scalar!(
        r#"select v.content -> 'contacts' as "contacts!"
        from applications a join application_versions v on v.application_id = a.id and v.number = a.version
        left join memberships m on m.organisation_id = a.organisation_id and m.account_id = $2
        where a.organisation_id = $1 and (a.applicant_id = $2 or m.verified_at is not null)
        order by v.submitted_at desc, a.id desc limit $3"#,
        organisation.0,
        reader.0,
        MOST
    )
    .fetch_all(connection)
    .await?;
    let contacts = rows.into_iter().map(serde_json::from_value).collect::<Result<Vec<_>, _>>().map_err(anyhow::Error::from)?;
    Ok(KnownContacts::new(contacts))
}
