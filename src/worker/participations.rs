//! What time alone brings to participations in the experiment: places that are not confirmed, reports that are missing, their end.

use std::time::Duration;

use strum::VariantArray;
use tokio_util::sync::CancellationToken;

use super::sleep;
use crate::{
    AppState,
    participation::{Chore, find_chores, run_chore},
    problem::Problem,
};

/// How often the desk looks.
const EVERY: Duration = Duration::from_mins(15);

/// Does what is due, each participation in a transaction of its own: one that fails does not keep the others. How many could not be done: the
/// next round tries again.
///
/// # Errors
/// The database's.
pub async fn run_participations(state: &AppState) -> Result<usize, Problem> {
    let now = state.clock.now();
    let mut failed = 0;
    for chore in Chore::VARIANTS.iter().copied() {
        let mut connection = state.db.acquire().await?;
        let due = find_chores(&mut connection, chore, now).await?;
        drop(connection);
        for id in due {
            let mut transaction = state.db.begin().await?;
            match run_chore(&mut transaction, chore, id, now).await {
                Ok(()) => transaction.commit().await?,
                Err(problem) => {
                    tracing::warn!(demande = %id, ?chore, %problem, "what time brings to a participation waits");
                    failed += 1;
                }
            }
        }
    }
    Ok(failed)
}

pub(super) async fn run(state: &AppState, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        let round = {
            let state = state.clone();
            tokio::spawn(async move { run_participations(&state).await }).await
        };
        match round {
            Ok(Ok(_)) => {}
            Ok(Err(problem)) => tracing::warn!(%problem, "participations wait: the database cannot be used"),
            Err(panic) => tracing::error!(%panic, "the round of participations stopped"),
        }
        sleep(EVERY, stop).await;
    }
}
