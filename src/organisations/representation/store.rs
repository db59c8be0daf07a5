//! SQL of representations.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Party, Representation};
use crate::{
    ids::{AccountId, OrganisationId, RepresentationId},
    organisations::{Declaration, Organisation, Siret, Source, find},
    problem::Problem,
};

struct RepresentationRow {
    id: i64,
    vendor_id: i64,
    vendor_siret: String,
    vendor_name: String,
    client_id: i64,
    client_siret: String,
    client_name: String,
    declared_by: String,
    declared_at: OffsetDateTime,
    ended_at: Option<OffsetDateTime>,
}

impl TryFrom<RepresentationRow> for Representation {
    type Error = Problem;

    fn try_from(row: RepresentationRow) -> Result<Self, Problem> {
        let party = |id, siret: String, name| {
            Ok::<_, Problem>(Party { organisation: OrganisationId(id), siret: Siret::try_from(siret).map_err(anyhow::Error::from)?, name })
        };
        Ok(Self {
            id: RepresentationId(row.id),
            vendor: party(row.vendor_id, row.vendor_siret, row.vendor_name)?,
            client: party(row.client_id, row.client_siret, row.client_name)?,
            declared_by: row.declared_by,
            declared_at: row.declared_at,
            ended_at: row.ended_at,
        })
    }
}

/// What an organisation declared of its clients, and what was declared of it: what lasts first, then the last ended.
///
/// # Errors
/// The database's.
pub async fn find_representations(connection: &mut PgConnection, organisation: OrganisationId) -> Result<Vec<Representation>, Problem> {
    sqlx::query_as!(
        RepresentationRow,
        r#"select r.id, vendor_id, vendor.siret as vendor_siret, vendor.name as vendor_name,
            client_id, client.siret as client_siret,
            case when client.source = 'declared' then coalesce(r.declared_name, client.name) else client.name end as "client_name!",
            given_name || ' ' || family_name as "declared_by!", declared_at, ended_at
        from representations r
        join organisations vendor on vendor.id = vendor_id
        join organisations client on client.id = client_id
        join accounts on accounts.id = r.declared_by
        where vendor_id = $1 or client_id = $1
        order by ended_at is not null, ended_at desc, "client_name!", r.id"#,
        organisation.0
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Representation::try_from)
    .collect()
}

/// What lasts between an organisation and those a person is a verified member of, either way.
///
/// # Errors
/// The database's.
pub async fn find_representations_with(
    connection: &mut PgConnection,
    organisation: OrganisationId,
    account: AccountId,
) -> Result<Vec<Representation>, Problem> {
    let mut found = find_representations(connection, organisation).await?;
    let own: Vec<i64> =
        sqlx::query_scalar!("select organisation_id from memberships where account_id = $1 and verified_at is not null", account.0)
            .fetch_all(connection)
            .await?;
    found.retain(|known| {
        let other = if known.vendor.organisation == organisation { &known.client } else { &known.vendor };
        known.lasts() && own.contains(&other.organisation.0)
    });
    Ok(found)
}

/// Whether a vendor acts for a client; it stays so until the end of the transaction.
///
/// # Errors
/// The database's.
pub async fn lock_representation(connection: &mut PgConnection, vendor: OrganisationId, client: OrganisationId) -> Result<bool, Problem> {
    let lasts = sqlx::query_scalar!(
        "select id from representations where vendor_id = $1 and client_id = $2 and ended_at is null for share",
        vendor.0,
        client.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(lasts.is_some())
}

/// A client as its vendor sees it: while no register names it, under the name and town the vendor gave it, so that nobody names it for
/// somebody else.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is no such organisation.
pub async fn find_client(connection: &mut PgConnection, vendor: OrganisationId, client: OrganisationId) -> Result<Organisation, Problem> {
    let mut organisation = find(&mut *connection, client).await?;
    if organisation.source == Source::Declared {
        let own = sqlx::query!(
            r#"select declared_name as "name!", declared_town as "town!" from representations
            where vendor_id = $1 and client_id = $2 and declared_name is not null order by declared_at desc limit 1"#,
            vendor.0,
            client.0
        )
        .fetch_optional(connection)
        .await?;
        if let Some(own) = own {
            (organisation.name, organisation.town) = (own.name, own.town);
        }
    }
    Ok(organisation)
}

/// Writes down that a vendor acts for a client; nothing when it said so already.
pub(in crate::organisations) async fn add_representation(
    connection: &mut PgConnection,
    (vendor, client): (OrganisationId, OrganisationId),
    declaration: Option<&Declaration>,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Option<RepresentationId>, Problem> {
    let id = sqlx::query_scalar!(
        "insert into representations (vendor_id, client_id, declared_name, declared_town, declared_by, declared_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (vendor_id, client_id) where ended_at is null do nothing
        returning id",
        vendor.0,
        client.0,
        declaration.map(|declaration| declaration.name.as_str()),
        declaration.map(|declaration| declaration.town.as_str()),
        by.0,
        now
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(RepresentationId))
}

/// Ends what a vendor declared; false when it was over.
pub(in crate::organisations) async fn save_end(
    connection: &mut PgConnection,
    representation: RepresentationId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let ended = sqlx::query!(
        "update representations set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null",
        representation.0,
        now,
        by.0
    )
    .execute(connection)
    .await?;
    Ok(ended.rows_affected() == 1)
}
