//! Numbers looked up while the register was away are asked for again until it answers.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{AWAY, POLLING, sleep};
use crate::{
    AppState,
    organisations::{self, Answer, Asking},
    problem::Problem,
};

/// How a round of look-ups ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Nothing is due any more.
    Everything,
    /// The register is away, or may not be asked now: the numbers wait.
    Nothing,
}

/// Asks for the numbers that are due, one at a time and at the register's pace, until there is none, the register is away or the worker must
/// stop.
///
/// # Errors
/// The database's; the numbers wait.
pub async fn complete_lookups(state: &AppState, stop: &CancellationToken) -> Result<Heard, Problem> {
    while !stop.is_cancelled() {
        let mut transaction = state.db.begin().await?;
        let due = organisations::take_due_lookup(&mut transaction, state.clock.now()).await?;
        transaction.commit().await?;
        let Some(due) = due else { break };
        let answer = state.register.ask(&due.siret, Asking::Patiently).await;
        let now = state.clock.now();
        let mut transaction = state.db.begin().await?;
        match &answer {
            Answer::Unavailable => organisations::postpone_lookup(&mut transaction, &due, rand::random(), now).await?,
            Answer::Known(_) | Answer::Unknown => organisations::hear(&mut transaction, &due.siret, &answer, now).await?,
        }
        transaction.commit().await?;
        if answer == Answer::Unavailable {
            return Ok(Heard::Nothing);
        }
    }
    Ok(Heard::Everything)
}

pub(super) async fn run(state: &AppState, stop: &CancellationToken) {
    let mut away = AWAY.0;
    while !stop.is_cancelled() {
        let round = {
            let (state, stop) = (state.clone(), stop.clone());
            tokio::spawn(async move { complete_lookups(&state, &stop).await }).await
        };
        let pause: Duration = match round {
            Ok(Ok(Heard::Everything)) => {
                away = AWAY.0;
                POLLING
            }
            Ok(Ok(Heard::Nothing)) => {
                let pause = away;
                away = (away * 2).min(AWAY.1);
                pause
            }
            Ok(Err(problem)) => {
                tracing::warn!(%problem, "look-ups wait: the database cannot be used");
                POLLING
            }
            Err(panic) => {
                tracing::error!(%panic, "the round of look-ups stopped");
                POLLING
            }
        };
        sleep(pause, stop).await;
    }
}
