//! What the worker does with files nobody needs any more.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{Storage, StorageFault, store};
use crate::problem::Problem;

/// A file taken away can be found again that long.
const REGRET: Duration = Duration::days(30);

/// An object is written just before its row: younger ones may still receive theirs.
const IN_FLIGHT: Duration = Duration::hours(1);

/// Objects compared with the rows at once.
const AT_ONCE: usize = 1000;

/// Forgets files taken away more than 30 days ago that no version holds.
///
/// # Errors
/// The database's.
pub async fn forget_removed(connection: &mut PgConnection, now: OffsetDateTime) -> Result<u64, Problem> {
    store::forget_removed(connection, now - REGRET).await
}

/// Deletes the objects older than an hour that no row knows: those of forgotten files, and what an upload left that was cut between the
/// storage and the database. May run in several workers at once, late or twice. Runs outside any transaction that writes: a row that is
/// not committed yet is younger than an hour. Gives back how many.
///
/// # Errors
/// The database's; [`Problem::Busy`] when the storage does not answer: the next run goes on.
pub async fn sweep(connection: &mut PgConnection, storage: &Storage, now: OffsetDateTime) -> Result<usize, Problem> {
    let busy = |fault: StorageFault| Problem::Busy(fault.to_string());
    let before = now - IN_FLIGHT;
    let mut orphans = storage.delete_unfinished(before).await.map_err(busy)?;
    let objects = storage.list_before(before).await.map_err(busy)?;
    for some in objects.chunks(AT_ONCE) {
        for orphan in store::find_unknown(connection, some).await? {
            storage.delete(orphan).await.map_err(busy)?;
            orphans += 1;
        }
    }
    Ok(orphans)
}
