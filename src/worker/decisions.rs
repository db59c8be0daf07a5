//! Signed decisions take effect when their time has come.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::sleep;
use crate::{
    AppState,
    problem::Problem,
    review::decisions::{Effect, find_due, take_effect},
};

/// How often the desk looks: a decision leaves at most so long after its time.
const EVERY: Duration = Duration::from_secs(2);

/// Decisions looked at in one round.
const MOST: i64 = 100;

/// Gives effect to the decisions that are due, each in a transaction of its own, and clears away those that have no object any more. How many
/// were.
///
/// # Errors
/// The database's; one decision that cannot be settled does not keep the others.
pub async fn settle_decisions(state: &AppState) -> Result<usize, Problem> {
    let now = state.clock.now();
    let mut connection = state.db.acquire().await?;
    let due = find_due(&mut connection, now, MOST).await?;
    drop(connection);
    let mut settled = 0;
    for id in due {
        let mut transaction = state.db.begin().await?;
        match take_effect(&mut transaction, id, now).await {
            Ok(Effect::None) => {}
            Ok(effect) => {
                transaction.commit().await?;
                tracing::info!(demande = %id, ?effect, "a decision was due");
                settled += 1;
            }
            Err(problem) => tracing::warn!(demande = %id, %problem, "a decision that is due waits"),
        }
    }
    Ok(settled)
}

pub(super) async fn run(state: &AppState, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        let round = {
            let state = state.clone();
            tokio::spawn(async move { settle_decisions(&state).await }).await
        };
        match round {
            Ok(Ok(_)) => {}
            Ok(Err(problem)) => tracing::warn!(%problem, "signed decisions wait: the database cannot be used"),
            Err(panic) => tracing::error!(%panic, "the round of decisions stopped"),
        }
        sleep(EVERY, stop).await;
    }
}
