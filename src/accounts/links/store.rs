//! SQL of links.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{Link, Purpose};
use crate::{ids::AccountId, problem::Problem};

/// Links are kept that long after their end, to tell late visitors what happened to theirs.
const REMEMBERED: Duration = Duration::days(30);

/// Makes a link; those of the same purpose sent before stop working. The account's row is locked by the caller.
///
/// # Errors
/// The database's.
pub async fn issue(connection: &mut PgConnection, account: AccountId, purpose: Purpose, now: OffsetDateTime) -> Result<Uuid, Problem> {
    withdraw(connection, account, &[purpose], now).await?;
    let id = Uuid::new_v4();
    sqlx::query!(
        "insert into account_links (id, account_id, purpose, created_at, expires_at) values ($1, $2, $3, $4, $5)",
        id,
        account.0,
        purpose.to_string(),
        now,
        now + purpose.lasts()
    )
    .execute(connection)
    .await?;
    Ok(id)
}

/// Ends the links of a person that have not served.
///
/// # Errors
/// The database's.
pub async fn withdraw(connection: &mut PgConnection, account: AccountId, purposes: &[Purpose], now: OffsetDateTime) -> Result<(), Problem> {
    let purposes: Vec<String> = purposes.iter().map(ToString::to_string).collect();
    sqlx::query!(
        "update account_links set withdrawn_at = $3
         where account_id = $1 and purpose = any($2) and used_at is null and withdrawn_at is null",
        account.0,
        &purposes,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A link by its number.
///
/// # Errors
/// The database's.
pub async fn find(connection: &mut PgConnection, id: Uuid) -> Result<Option<Link>, Problem> {
    sqlx::query!("select account_id, purpose, expires_at, used_at, withdrawn_at from account_links where id = $1", id)
        .fetch_optional(connection)
        .await?
        .map(|row| {
            Ok(Link {
                id,
                account: AccountId(row.account_id),
                purpose: row.purpose.parse::<Purpose>().map_err(anyhow::Error::from)?,
                expires_at: row.expires_at,
                used_at: row.used_at,
                withdrawn_at: row.withdrawn_at,
            })
        })
        .transpose()
}

/// Uses a link: of several at once, one succeeds. False when it no longer works.
///
/// # Errors
/// The database's.
pub async fn take(connection: &mut PgConnection, id: Uuid, now: OffsetDateTime) -> Result<bool, Problem> {
    let taken = sqlx::query!(
        "update account_links set used_at = $2
         where id = $1 and used_at is null and withdrawn_at is null and expires_at > $2
         returning id",
        id,
        now
    )
    .fetch_optional(connection)
    .await?;
    Ok(taken.is_some())
}

/// Forgets the links that ended a month ago; how many.
///
/// # Errors
/// The database's.
pub async fn purge(connection: &mut PgConnection, now: OffsetDateTime) -> Result<u64, Problem> {
    let purged =
        sqlx::query!("delete from account_links where expires_at < $1", now - REMEMBERED).execute(connection).await?.rows_affected();
    Ok(purged)
}
