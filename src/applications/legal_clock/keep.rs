//! Act: keep the day silence decides, in the transaction of whatever moved the clock.

use sqlx::PgConnection;

use super::{rule::LegalClock, store};
use crate::{ids::ApplicationId, problem::Problem};

/// Computes the clock of a demande anew and keeps its day. The caller holds the demande.
///
/// # Errors
/// The database's.
pub async fn keep_clock(connection: &mut PgConnection, id: ApplicationId) -> Result<LegalClock, Problem> {
    let clock = store::find_clock(connection, id).await?;
    store::save_decides_on(connection, id, clock.decides_on()).await?;
    Ok(clock)
}
