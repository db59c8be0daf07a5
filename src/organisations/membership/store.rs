//! SQL of memberships.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use super::{Affiliation, Member, Membership, Reason, Verification};
use crate::{
    ids::{AccountId, OrganisationId},
    organisations::{Declaration, LegalEntity, store::OrganisationRow},
    problem::Problem,
};

struct MembershipRow {
    account_id: i64,
    organisation_id: i64,
    joined_at: OffsetDateTime,
    declared_name: Option<String>,
    verified_at: Option<OffsetDateTime>,
    verified_by: Option<i64>,
    verified_by_name: Option<String>,
    verified_because: Option<String>,
}

/// The membership part of a wider row.
macro_rules! membership_row {
    ($row:ident) => {
        MembershipRow {
            account_id: $row.account_id,
            organisation_id: $row.organisation_id,
            joined_at: $row.joined_at,
            declared_name: $row.declared_name,
            verified_at: $row.verified_at,
            verified_by: $row.verified_by,
            verified_by_name: $row.verified_by_name,
            verified_because: $row.verified_because,
        }
    };
}

impl From<MembershipRow> for Membership {
    fn from(row: MembershipRow) -> Self {
        let verification = match (row.verified_at, row.verified_by, row.verified_because) {
            (Some(at), Some(by), Some(because)) => {
                Some(Verification { at, by: AccountId(by), by_name: row.verified_by_name.unwrap_or_default(), because })
            }
            _ => None,
        };
        Self {
            account: AccountId(row.account_id),
            organisation: OrganisationId(row.organisation_id),
            joined_at: row.joined_at,
            declared_name: row.declared_name,
            verification,
        }
    }
}

/// A person's tie to an organisation, if there is one.
///
/// # Errors
/// The database's.
pub async fn find_membership(
    connection: &mut PgConnection,
    account: AccountId,
    organisation: OrganisationId,
) -> Result<Option<Membership>, Problem> {
    Ok(find_for(connection, account, organisation).await?.map(|affiliation| affiliation.membership))
}

/// The same, held until the end of the transaction: two confirmations wait for one another.
pub(in crate::organisations) async fn lock_membership(
    connection: &mut PgConnection,
    account: AccountId,
    organisation: OrganisationId,
) -> Result<Option<Membership>, Problem> {
    sqlx::query!("select from memberships where account_id = $1 and organisation_id = $2 for update", account.0, organisation.0)
        .fetch_optional(&mut *connection)
        .await?;
    find_membership(connection, account, organisation).await
}

/// The people of an organisation whose account is open, in the order they came.
///
/// # Errors
/// The database's.
pub async fn find_memberships_of(connection: &mut PgConnection, organisation: OrganisationId) -> Result<Vec<Member>, Problem> {
    let rows = sqlx::query!(
        r#"select account_id, organisation_id, joined_at, declared_name, verified_at, verified_by, verified_because,
            verifier.given_name || ' ' || verifier.family_name as verified_by_name,
            person.given_name || ' ' || person.family_name as "name!", person.email, person.job_title
        from memberships join accounts as person on person.id = account_id left join accounts as verifier on verifier.id = verified_by
        where organisation_id = $1 and person.closed_at is null
        order by joined_at, account_id"#,
        organisation.0
    )
    .fetch_all(connection)
    .await?;
    let members = rows.into_iter().map(|row| Member {
        name: row.name,
        email: row.email,
        job_title: row.job_title,
        membership: membership_row!(row).into(),
    });
    Ok(members.collect())
}

/// The organisations of a person, in the order they joined them, each as [`find_for`] shows it.
///
/// # Errors
/// The database's.
pub async fn find_of_account(connection: &mut PgConnection, account: AccountId) -> Result<Vec<Affiliation>, Problem> {
    find_affiliations(connection, account, None).await
}

/// An organisation as one of its people sees it: while no register names it, under the name and town they gave it themself, so that
/// nobody names it for somebody else. Nothing when they are not a member.
///
/// # Errors
/// The database's.
pub async fn find_for(
    connection: &mut PgConnection,
    account: AccountId,
    organisation: OrganisationId,
) -> Result<Option<Affiliation>, Problem> {
    Ok(find_affiliations(connection, account, Some(organisation)).await?.pop())
}

async fn find_affiliations(
    connection: &mut PgConnection,
    account: AccountId,
    organisation: Option<OrganisationId>,
) -> Result<Vec<Affiliation>, Problem> {
    let rows = sqlx::query!(
        r#"select organisations.id, siret, legal_category, activity_code, street, postal_code, establishment_created_on, state,
            case when source = 'declared' then coalesce(declared_name, name) else name end as "name!",
            case when source = 'declared' then coalesce(declared_town, town) else town end as "town!",
            partial_disclosure, source, observed_at, facts as "facts: Json<LegalEntity>",
            account_id, organisation_id, joined_at, declared_name, verified_at, verified_by, verified_because,
            given_name || ' ' || family_name as verified_by_name
        from memberships
        join organisations on organisations.id = organisation_id
        left join accounts on accounts.id = verified_by
        where account_id = $1 and organisation_id = coalesce($2, organisation_id)
        order by joined_at, organisation_id"#,
        account.0,
        organisation.map(|id| id.0)
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let membership = membership_row!(row);
            let organisation = OrganisationRow {
                id: row.id,
                siret: row.siret,
                name: row.name,
                legal_category: row.legal_category,
                activity_code: row.activity_code,
                street: row.street,
                postal_code: row.postal_code,
                town: row.town,
                establishment_created_on: row.establishment_created_on,
                state: row.state,
                partial_disclosure: row.partial_disclosure,
                source: row.source,
                observed_at: row.observed_at,
                facts: row.facts,
            };
            Ok(Affiliation { organisation: organisation.try_into()?, membership: membership.into() })
        })
        .collect()
}

/// Makes somebody a member; false when they were one.
pub(in crate::organisations) async fn add_membership(
    connection: &mut PgConnection,
    account: AccountId,
    organisation: OrganisationId,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let added = sqlx::query!(
        "insert into memberships (account_id, organisation_id, joined_at) values ($1, $2, $3) on conflict do nothing",
        account.0,
        organisation.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Keeps how a member names the organisation.
pub(in crate::organisations) async fn save_declaration(
    connection: &mut PgConnection,
    account: AccountId,
    organisation: OrganisationId,
    declaration: &Declaration,
) -> Result<(), Problem> {
    sqlx::query!(
        "update memberships set declared_name = $3, declared_town = $4 where account_id = $1 and organisation_id = $2",
        account.0,
        organisation.0,
        declaration.name,
        declaration.town
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps who confirmed a membership and why.
pub(in crate::organisations) async fn save_verification(
    connection: &mut PgConnection,
    membership: &Membership,
    verifier: AccountId,
    because: &Reason,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "update memberships set verified_at = $3, verified_by = $4, verified_because = $5 where account_id = $1 and organisation_id = $2",
        membership.account.0,
        membership.organisation.0,
        now,
        verifier.0,
        because.as_str()
    )
    .execute(connection)
    .await?;
    Ok(())
}
