//! Asks the stock as any other source of the register.

use sqlx::PgPool;

use super::store;
use crate::organisations::{Answer, Siret};

/// What the stock says of a SIRET; a database that is away is told in the log.
pub(in crate::organisations) async fn look_up(db: &PgPool, siret: &Siret) -> Answer {
    let found = async { store::find_in_stock(&mut *db.acquire().await?, siret).await };
    found.await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the stock of the register does not answer");
        Answer::Unavailable
    })
}
