//! What time alone brings to demandes: limits, silence, alarms, reminders.

use std::time::Duration;

use strum::VariantArray;
use tokio_util::sync::CancellationToken;

use super::sleep;
use crate::{
    AppState, calendar, experimentation,
    problem::Problem,
    review::clock::{Chore, find_chores, run_clock},
};

/// How often the desk looks.
const EVERY: Duration = Duration::from_mins(15);

/// What a round wrote down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockRound {
    /// Limits that passed.
    pub lapsed: usize,
    /// Decisions silence took.
    pub decided: usize,
    /// Places given to who waited for one.
    pub seated: usize,
    /// Demandes whose turn could not be taken: the next round tries again.
    pub failed: usize,
}

/// Does what is due, each demande in a transaction of its own: one that fails does not keep the others.
///
/// # Errors
/// The database's.
pub async fn run_clocks(state: &AppState) -> Result<ClockRound, Problem> {
    let now = state.clock.now();
    let mut round = ClockRound::default();
    for chore in Chore::VARIANTS.iter().copied() {
        let mut connection = state.db.acquire().await?;
        let due = find_chores(&mut connection, chore, calendar::paris_date(now)).await?;
        drop(connection);
        for id in due {
            let mut transaction = state.db.begin().await?;
            match run_clock(&mut transaction, chore, id, now).await {
                Ok(is_done) => {
                    transaction.commit().await?;
                    match chore {
                        Chore::Lapse => round.lapsed += usize::from(is_done),
                        Chore::Decide => round.decided += usize::from(is_done),
                        Chore::Warn | Chore::Remind => {}
                    }
                }
                Err(problem) => {
                    tracing::warn!(demande = %id, ?chore, %problem, "what time brings to a demande waits");
                    round.failed += 1;
                }
            }
        }
    }
    move_lines(state, &mut round).await?;
    Ok(round)
}

/// The net under the acts that free places, and the day the reserve of a campaign is released.
async fn move_lines(state: &AppState, round: &mut ClockRound) -> Result<(), Problem> {
    let now = state.clock.now();
    let mut connection = state.db.acquire().await?;
    let due = experimentation::find_lines_to_move(&mut connection, calendar::paris_day(now)).await?;
    drop(connection);
    for campaign in due {
        let mut transaction = state.db.begin().await?;
        match experimentation::admit_next(&mut transaction, campaign, now).await {
            Ok(seats) => {
                transaction.commit().await?;
                round.seated += seats.len();
            }
            Err(problem) => {
                tracing::warn!(%campaign, %problem, "the line of a campaign waits");
                round.failed += 1;
            }
        }
    }
    Ok(())
}

pub(super) async fn run(state: &AppState, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        let round = {
            let state = state.clone();
            tokio::spawn(async move { run_clocks(&state).await }).await
        };
        match round {
            Ok(Ok(round)) if round == ClockRound::default() => {}
            Ok(Ok(round)) => {
                tracing::info!(
                    round.lapsed,
                    round.decided,
                    round.seated,
                    round.failed,
                    "limits that passed, decisions silence took, places given"
                );
            }
            Ok(Err(problem)) => tracing::warn!(%problem, "legal clocks wait: the database cannot be used"),
            Err(panic) => tracing::error!(%panic, "the round of legal clocks stopped"),
        }
        sleep(EVERY, stop).await;
    }
}
