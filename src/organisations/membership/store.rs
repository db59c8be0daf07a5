//! SQL of memberships: reading them; `store/writing.rs` writes.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use super::{Affiliation, Member, Membership, Verification, VerifiedMember, Verifier, Withdrawal};
use crate::{
    ids::{AccountId, OrganisationId},
    organisations::{LegalEntity, store::OrganisationRow},
    problem::Problem,
};

pub(in crate::organisations) mod writing;

struct MembershipRow {
    account_id: i64,
    organisation_id: i64,
    joined_at: OffsetDateTime,
    declared_name: Option<String>,
    verified_at: Option<OffsetDateTime>,
    verified_by: Option<i64>,
    verified_by_name: Option<String>,
    verified_because: Option<String>,
    verified_domain: Option<String>,
    withdrawn_at: Option<OffsetDateTime>,
    withdrawn_because: Option<String>,
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
            verified_domain: $row.verified_domain,
            withdrawn_at: $row.withdrawn_at,
            withdrawn_because: $row.withdrawn_because,
        }
    };
}

impl From<MembershipRow> for Membership {
    fn from(row: MembershipRow) -> Self {
        let by = match (row.verified_by, row.verified_because, row.verified_domain) {
            (Some(by), Some(because), _) => {
                Some(Verifier::Somebody { account: AccountId(by), name: row.verified_by_name.unwrap_or_default(), because })
            }
            (_, _, domain) => domain.map(Verifier::Domain),
        };
        Self {
            account: AccountId(row.account_id),
            organisation: OrganisationId(row.organisation_id),
            joined_at: row.joined_at,
            declared_name: row.declared_name,
            verification: row.verified_at.zip(by).map(|(at, by)| Verification { at, by }),
            withdrawal: row.withdrawn_at.zip(row.withdrawn_because).map(|(at, because)| Withdrawal { at, because }),
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

/// Holds an organisation until the end of the transaction: whatever changes who is who there waits, so that nobody joins between the
/// confirmation of a domain and that of those it concerns, and nobody acts on a permission that has just been taken back. Taken before
/// anything is written of its people.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is no such organisation.
pub async fn lock_people(connection: &mut PgConnection, organisation: OrganisationId) -> Result<(), Problem> {
    sqlx::query_scalar!("select id from organisations where id = $1 for no key update", organisation.0).fetch_one(connection).await?;
    Ok(())
}

/// As [`lock_people`], for somebody whose permission still holds once the organisation is held.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when it was taken back meanwhile.
pub async fn lock_people_for(connection: &mut PgConnection, by: &VerifiedMember) -> Result<(), Problem> {
    lock_people(connection, by.organisation()).await?;
    let own = find_membership(connection, by.person().account, by.organisation()).await?;
    if own.is_some_and(|own| own.is_verified()) { Ok(()) } else { Err(Problem::NotFound) }
}

/// The people of an organisation whose account is open, in the order they came.
///
/// # Errors
/// The database's.
pub async fn find_memberships_of(connection: &mut PgConnection, organisation: OrganisationId) -> Result<Vec<Member>, Problem> {
    let rows = sqlx::query!(
        r#"select account_id, m.organisation_id, joined_at, declared_name, verified_at, verified_by, verified_because,
            verifier.given_name || ' ' || verifier.family_name as verified_by_name, domain as "verified_domain?",
            withdrawn_at, withdrawn_because,
            person.given_name || ' ' || person.family_name as "name!", person.email, person.job_title
        from memberships m
        join accounts as person on person.id = account_id
        left join accounts as verifier on verifier.id = verified_by
        left join organisation_domains as d on d.id = verified_domain_id
        where m.organisation_id = $1 and person.closed_at is null
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
            account_id, m.organisation_id, joined_at, declared_name, verified_at, verified_by, verified_because,
            given_name || ' ' || family_name as verified_by_name, domain as "verified_domain?", withdrawn_at, withdrawn_because
        from memberships m
        join organisations on organisations.id = m.organisation_id
        left join accounts on accounts.id = verified_by
        left join organisation_domains as d on d.id = verified_domain_id
        where account_id = $1 and m.organisation_id = coalesce($2, m.organisation_id)
        order by joined_at, m.organisation_id"#,
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
