//! What happens without anybody asking: letters leave, the register completes what was declared, files are scanned and swept, timers run. Any number of workers may share one database.

use std::{pin::Pin, sync::Arc, time::Duration};

use sqlx::{PgConnection, postgres::PgListener};
use time::OffsetDateTime;
use tokio::{sync::Notify, time::Instant};
use tokio_util::sync::CancellationToken;

mod clocks;
mod decisions;
mod files;
mod invariants;
mod lookups;
mod participations;

pub use clocks::{ClockRound, run_clocks};
pub use decisions::settle_decisions;
pub use files::{Looked, Swept, scan_files, sweep_files};
pub use invariants::{look_at_invariants, watch_invariants};
pub use lookups::{Heard, complete_lookups};
pub use participations::run_participations;

use crate::{
    AppState, accounts, applications, authorizations,
    notifications::{self, Letterhead, Mailer, Outcome, Taken},
    organisations,
    problem::Problem,
};

/// The net under notifications that got lost.
const POLLING: Duration = Duration::from_secs(5);

/// While the mail server or the register is away: the first pause, doubled each time, and the longest.
const AWAY: (Duration, Duration) = (Duration::from_secs(5), Duration::from_mins(1));

/// Pauses between tries to write down how a letter ended, well within its lease: the letter has left, only the row does not know.
const SETTLING: [u64; 6] = [0, 1, 2, 4, 8, 16];

/// Runs until told to stop; the letter at hand is finished first.
pub async fn run(state: AppState, mailer: Mailer, stop: CancellationToken) {
    let wake = Arc::new(Notify::new());
    tokio::join!(
        listen(&state, &wake, &stop),
        send_letters(&state, &mailer, &wake, &stop),
        lookups::run(&state, &stop),
        files::run(&state, &stop),
        decisions::run(&state, &stop),
        clocks::run(&state, &stop),
        participations::run(&state, &stop),
        run_timers(&state, &stop)
    );
}

/// How a round of sending ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Nothing is due any more.
    Done,
    /// The mail server cannot be used: the letters wait.
    ServerAway,
}

/// Sends the letters that are due, one at a time, until there is none, the server is away or the worker must stop.
///
/// # Errors
/// The database's; the letters wait.
pub async fn send_due_letters(state: &AppState, mailer: &Mailer, stop: &CancellationToken) -> Result<Round, Problem> {
    let head = Letterhead::new(&state.config, state.secret.clone());
    while !stop.is_cancelled() {
        let mut transaction = state.db.begin().await?;
        let taken = notifications::take_next(&mut transaction, state.clock.now()).await?;
        transaction.commit().await?;
        let Some(taken) = taken else { break };
        let outcome = notifications::try_once(mailer, &head, &taken).await;
        settle(state, &taken, &outcome).await?;
        if let Outcome::ServerAway(reason) = outcome {
            tracing::warn!(letter = %taken.id, reason, "the mail server cannot be used: letters wait");
            return Ok(Round::ServerAway);
        }
    }
    Ok(Round::Done)
}

async fn settle(state: &AppState, taken: &Taken, outcome: &Outcome) -> Result<(), Problem> {
    let mut last = Ok(());
    for pause in SETTLING {
        tokio::time::sleep(Duration::from_secs(pause)).await;
        match settle_once(state, taken, outcome).await {
            Ok(true) => {
                tracing::info!(letter = %taken.id, kind = taken.kind, outcome = outcome.name(), "letter tried");
                return Ok(());
            }
            Ok(false) => {
                tracing::warn!(letter = %taken.id, outcome = outcome.name(), "the letter's lease had run out: another worker may send it too");
                return Ok(());
            }
            Err(problem) => last = Err(problem),
        }
    }
    last
}

async fn settle_once(state: &AppState, taken: &Taken, outcome: &Outcome) -> Result<bool, Problem> {
    let mut transaction = state.db.begin().await?;
    let ours = notifications::settle(&mut transaction, taken, outcome, rand::random(), state.clock.now()).await?;
    transaction.commit().await?;
    Ok(ours)
}

async fn send_letters(state: &AppState, mailer: &Mailer, wake: &Notify, stop: &CancellationToken) {
    let mut away = AWAY.0;
    while !stop.is_cancelled() {
        let round = {
            let (state, mailer, stop) = (state.clone(), mailer.clone(), stop.clone());
            tokio::spawn(async move { send_due_letters(&state, &mailer, &stop).await }).await
        };
        let pause = match round {
            Ok(Ok(Round::Done)) => {
                away = AWAY.0;
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = wake.notified() => continue,
                    () = tokio::time::sleep(POLLING) => continue,
                }
            }
            Ok(Ok(Round::ServerAway)) => {
                let pause = away;
                away = (away * 2).min(AWAY.1);
                pause
            }
            Ok(Err(problem)) => {
                tracing::warn!(%problem, "letters wait: the database cannot be used");
                POLLING
            }
            Err(panic) => {
                tracing::error!(%panic, "the round of letters stopped");
                POLLING
            }
        };
        sleep(pause, stop).await;
    }
}

/// Wakes the sender when an act that wrote a letter commits. On its own: a receiver dropped half way could lose its place in the stream.
async fn listen(state: &AppState, wake: &Arc<Notify>, stop: &CancellationToken) {
    let listening = {
        let (db, wake) = (state.db.clone(), wake.clone());
        tokio::spawn(async move {
            loop {
                if let Ok(mut listener) = PgListener::connect_with(&db).await
                    && listener.listen("outbox").await.is_ok()
                {
                    while listener.recv().await.is_ok() {
                        wake.notify_one();
                    }
                }
                tokio::time::sleep(POLLING).await;
            }
        })
    };
    stop.cancelled().await;
    listening.abort();
}

type Act = for<'c> fn(&'c mut PgConnection, OffsetDateTime) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'c>>;

/// Something the program does by itself from time to time, in a transaction of its own. It may run in several workers at once, late or
/// twice: it must give the same then.
#[derive(Clone, Copy, Debug)]
pub struct Timer {
    /// Its name in the log.
    pub name: &'static str,
    /// How often.
    pub every: Duration,
    /// What it does.
    pub act: Act,
}

/// Every timer of the desk.
const TIMERS: &[Timer] = &[
    Timer { name: "late letters", every: Duration::from_mins(15), act: |connection, now| Box::pin(warn_of_late_letters(connection, now)) },
    Timer { name: "tidying", every: Duration::from_hours(1), act: |connection, now| Box::pin(tidy(connection, now)) },
    Timer { name: "suspensions", every: Duration::from_mins(1), act: |connection, now| Box::pin(end_suspensions(connection, now)) },
    Timer { name: "digests", every: Duration::from_mins(5), act: |connection, now| Box::pin(send_digests(connection, now)) },
    Timer { name: "search documents", every: Duration::from_mins(1), act: |connection, _| Box::pin(write_documents(connection)) },
    Timer { name: "drafts", every: Duration::from_hours(1), act: |connection, now| Box::pin(tidy_drafts(connection, now)) },
];

async fn warn_of_late_letters(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), Problem> {
    let late = notifications::find_late_letters(connection, now).await?;
    if let Some(oldest) = late.oldest {
        tracing::warn!(count = late.count, %oldest, "letters have been waiting for more than an hour");
    }
    Ok(())
}

async fn tidy(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), Problem> {
    let rows = accounts::tidy(connection, now).await?;
    let lookups = organisations::forget_idle_lookups(connection, now).await?;
    if rows + lookups > 0 {
        tracing::info!(rows, lookups, "sessions, counters, links, forms, accounts and numbers that had their day are forgotten");
    }
    Ok(())
}

async fn end_suspensions(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), Problem> {
    let ended = authorizations::procedure::end_suspensions(connection, now).await?;
    if ended > 0 {
        tracing::info!(ended, "suspensions of rights came to their end");
    }
    Ok(())
}

async fn tidy_drafts(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), Problem> {
    let tidied = applications::tidy_drafts(connection, now).await?;
    if tidied != applications::Tidied::default() {
        let applications::Tidied { announced, binned, purged } = tidied;
        tracing::info!(announced, binned, purged, "drafts nobody came back to");
    }
    Ok(())
}

async fn write_documents(connection: &mut PgConnection) -> Result<(), Problem> {
    let written = applications::write_waiting_documents(connection).await?;
    if written > 0 {
        tracing::info!(written, "search documents say who files the demandes today");
    }
    Ok(())
}

async fn send_digests(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), Problem> {
    let count = notifications::send_digests(connection, now).await?;
    if count > 0 {
        tracing::info!(count, "the digests of the day are written");
    }
    Ok(())
}

async fn run_timers(state: &AppState, stop: &CancellationToken) {
    let mut due: Vec<(Timer, Instant)> = TIMERS.iter().map(|timer| (*timer, Instant::now())).collect();
    while let Some((timer, at)) = due.iter_mut().min_by_key(|(_, at)| *at) {
        sleep(at.saturating_duration_since(Instant::now()), stop).await;
        if stop.is_cancelled() {
            return;
        }
        let run = tokio::spawn(run_timer(state.clone(), *timer)).await;
        match run {
            Ok(Ok(())) => {}
            Ok(Err(problem)) => tracing::warn!(timer = timer.name, %problem, "the timer will run again"),
            Err(panic) => tracing::error!(timer = timer.name, %panic, "the timer stopped; it will run again"),
        }
        *at = Instant::now() + timer.every;
    }
}

async fn run_timer(state: AppState, timer: Timer) -> Result<(), Problem> {
    let mut transaction = state.db.begin().await?;
    (timer.act)(&mut transaction, state.clock.now()).await?;
    transaction.commit().await?;
    Ok(())
}

async fn sleep(pause: Duration, stop: &CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(pause) => {}
    }
}
