//! What must not be kept: ended sessions, passed counters, dead links, forms nobody came back for, accounts nobody confirmed.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{kept_forms, limits, links, store};
use crate::{problem::Problem, web::session};

/// An account asked for and never confirmed is forgotten after that time.
const UNCONFIRMED: Duration = Duration::days(30);

/// Forgets what has had its day; how many rows. Safe to run at any time, by several at once.
///
/// # Errors
/// The database's.
pub async fn tidy(connection: &mut PgConnection, now: OffsetDateTime) -> Result<u64, Problem> {
    let sessions = session::purge(connection, now).await?;
    let counters = limits::purge(connection, now).await?;
    let forms = kept_forms::purge(connection, now).await?;
    let accounts = store::purge_unconfirmed(connection, now - UNCONFIRMED).await?;
    let links = links::purge(connection, now).await?;
    Ok(sessions + counters + forms + accounts + links)
}
