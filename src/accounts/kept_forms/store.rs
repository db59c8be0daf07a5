//! SQL of kept forms.

use serde_json::Value;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use crate::{fields::Fields, ids::AccountId, problem::Problem};

/// Forms kept for one person at most; the oldest gives way.
const MOST: i64 = 20;

/// A form nobody came back for is forgotten after that time.
const KEPT_FOR: Duration = Duration::days(7);

/// Keeps what was typed on a page; the last form wins.
///
/// # Errors
/// The database's.
pub async fn keep(
    connection: &mut PgConnection,
    account: AccountId,
    path: &str,
    fields: &Value,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into kept_forms (account_id, path, fields, kept_at) values ($1, $2, $3, $4)
         on conflict on constraint kept_forms_pkey do update set fields = excluded.fields, kept_at = excluded.kept_at",
        account.0,
        path,
        fields,
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "delete from kept_forms where account_id = $1
            and path in (select path from kept_forms where account_id = $1 order by kept_at desc, path offset $2)",
        account.0,
        MOST
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives back, once, what that person was typing on that page.
///
/// # Errors
/// The database's.
pub async fn take(connection: &mut PgConnection, account: AccountId, path: &str) -> Result<Option<Fields>, Problem> {
    let kept = sqlx::query_scalar!("delete from kept_forms where account_id = $1 and path = $2 returning fields", account.0, path)
        .fetch_optional(connection)
        .await?;
    Ok(kept.map(|fields| Fields::from_json(&fields)))
}

/// Forgets forms a week old; how many.
///
/// # Errors
/// The database's.
pub async fn purge(connection: &mut PgConnection, now: OffsetDateTime) -> Result<u64, Problem> {
    let purged = sqlx::query!("delete from kept_forms where kept_at < $1", now - KEPT_FOR).execute(connection).await?.rows_affected();
    Ok(purged)
}
