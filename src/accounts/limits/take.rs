//! Takes one try out of what is allowed, before the try is made.

use sqlx::PgConnection;

use super::{Counted, Wait, store};
use crate::problem::Problem;

/// A try that was allowed; given back when it succeeds.
#[derive(Debug)]
#[must_use = "a successful try is given back"]
pub struct Taken(Vec<Counted>);

/// Advances every counter, or says how long to wait; then the caller's transaction must not be committed. Counters are taken before the
/// password is compared, so a hundred tries sent at once are counted like a hundred sent in a row.
///
/// # Errors
/// The database's.
pub async fn take(connection: &mut PgConnection, mut counted: Vec<Counted>) -> Result<Result<Taken, Wait>, Problem> {
    // In the same order everywhere: two tries that share counters wait for one another instead of blocking each other.
    counted.sort();
    let mut wait: Option<Wait> = None;
    for counter in &counted {
        if !store::advance(connection, counter).await? {
            let until = counter.window_ends_at;
            wait = Some(wait.map_or(Wait { until }, |wait| Wait { until: wait.until.max(until) }));
        }
    }
    Ok(wait.map_or(Ok(Taken(counted)), Err))
}

/// Puts back a try that succeeded: only mistakes add up.
///
/// # Errors
/// The database's.
pub async fn give_back(connection: &mut PgConnection, taken: Taken) -> Result<(), Problem> {
    for counter in &taken.0 {
        store::put_back(connection, counter).await?;
    }
    Ok(())
}
