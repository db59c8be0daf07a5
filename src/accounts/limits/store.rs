//! SQL of the counters.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::Counted;
use crate::problem::Problem;

/// No window is longer than a day.
const LONGEST_WINDOW: Duration = Duration::DAY;

/// Advances a counter by one; false when it is full.
pub(super) async fn advance(connection: &mut PgConnection, counted: &Counted) -> Result<bool, Problem> {
    let advanced = sqlx::query!(
        "insert into attempt_counters as counter (key, window_starts_at, count) values ($1, $2, 1)
         on conflict on constraint attempt_counters_pkey do update set count = counter.count + 1 where counter.count < $3
         returning count",
        counted.key,
        counted.window_starts_at,
        counted.most
    )
    .fetch_optional(connection)
    .await?;
    Ok(advanced.is_some())
}

pub(super) async fn put_back(connection: &mut PgConnection, counted: &Counted) -> Result<(), Problem> {
    sqlx::query!(
        "update attempt_counters set count = count - 1 where key = $1 and window_starts_at = $2 and count > 0",
        counted.key,
        counted.window_starts_at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the counters whose window has passed; how many.
///
/// # Errors
/// The database's.
pub async fn purge(connection: &mut PgConnection, now: OffsetDateTime) -> Result<u64, Problem> {
    let purged = sqlx::query!("delete from attempt_counters where window_starts_at < $1", now - LONGEST_WINDOW)
        .execute(connection)
        .await?
        .rows_affected();
    Ok(purged)
}
