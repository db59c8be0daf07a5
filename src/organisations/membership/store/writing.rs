//! SQL that writes memberships.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    ids::{AccountId, OrganisationId},
    organisations::{Declaration, Membership, Reason},
    problem::Problem,
};

/// Makes somebody a member; false when they were one.
pub async fn add_membership(
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
pub async fn save_declaration(
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

/// Keeps who confirmed a membership and why; a confirmation taken back before is forgotten.
pub async fn save_verification(
    connection: &mut PgConnection,
    membership: &Membership,
    verifier: AccountId,
    because: &Reason,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "update memberships set verified_at = $3, verified_by = $4, verified_because = $5,
            withdrawn_at = null, withdrawn_by = null, withdrawn_because = null
        where account_id = $1 and organisation_id = $2",
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

/// Confirms those who wait and whose address ends with a domain that stands, everybody or one of them; who, and by which domain.
/// Whoever the team took the confirmation back from waits for the team, and addresses nobody confirmed prove nothing.
pub async fn save_verifications_by_domain(
    connection: &mut PgConnection,
    organisation: OrganisationId,
    only: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Vec<(AccountId, String)>, Problem> {
    let rows = sqlx::query!(
        "update memberships m set verified_at = $3, verified_domain_id = d.id
        from organisation_domains d, accounts a
        where m.organisation_id = $1 and m.account_id = coalesce($2, m.account_id) and m.verified_at is null and m.withdrawn_at is null
            and d.organisation_id = m.organisation_id and d.removed_at is null
            and a.id = m.account_id and a.confirmed_at is not null and a.closed_at is null and a.disabled_at is null
            and split_part(a.email, '@', 2) = d.domain
        returning m.account_id, d.domain",
        organisation.0,
        only.map(|account| account.0),
        now
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (AccountId(row.account_id), row.domain)).collect())
}

/// Keeps who took a confirmation back and why.
pub async fn save_withdrawal(
    connection: &mut PgConnection,
    membership: &Membership,
    by: AccountId,
    because: &Reason,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "update memberships set verified_at = null, verified_by = null, verified_because = null, verified_domain_id = null,
            withdrawn_at = $3, withdrawn_by = $4, withdrawn_because = $5
        where account_id = $1 and organisation_id = $2",
        membership.account.0,
        membership.organisation.0,
        now,
        by.0,
        because.as_str()
    )
    .execute(connection)
    .await?;
    Ok(())
}
