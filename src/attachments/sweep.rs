//! What the worker does with files nobody needs any more.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{Storage, store};
use crate::problem::Problem;

/// A file taken away can be found again that long.
const REGRET: Duration = Duration::days(30);

/// An object is written before its row: younger ones may still receive theirs.
const IN_FLIGHT: Duration = Duration::hours(24);

/// What was swept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Rows of files taken away long ago, in no version.
    pub forgotten: u64,
    /// Objects without a row.
    pub orphans: usize,
}

/// Forgets files taken away more than 30 days ago that no version holds, then deletes the objects no row knows: those, and what an upload
/// left that was cut between the storage and the database. May run in several workers at once, late or twice.
///
/// # Errors
/// The database's; [`Problem::Busy`] when the storage does not answer: the next run goes on.
pub async fn sweep(connection: &mut PgConnection, storage: &Storage, now: OffsetDateTime) -> Result<Swept, Problem> {
    let forgotten = store::forget_removed(connection, now - REGRET).await?;
    let busy = |fault: super::StorageFault| Problem::Busy(fault.to_string());
    let objects = storage.list_before(now - IN_FLIGHT).await.map_err(busy)?;
    let unknown = store::find_unknown(connection, &objects).await?;
    for orphan in &unknown {
        storage.delete(*orphan).await.map_err(busy)?;
    }
    Ok(Swept { forgotten, orphans: unknown.len() })
}
