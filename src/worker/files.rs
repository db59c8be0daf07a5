//! Files are looked at by the antivirus, and what nobody needs any more is swept.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{AWAY, POLLING, sleep};
use crate::{
    AppState, applications,
    attachments::{self, NoAnswer},
    authorizations::go_live,
    participation,
    problem::Problem,
};

/// Between two sweeps.
const SWEEPING: Duration = Duration::from_hours(1);

/// Numbers of waiting files read at once.
const AT_ONCE: i64 = 100;

/// How a round of the antivirus ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// No file waits any more.
    AtEverything,
    /// Some could not be read or were refused: they wait, the others do not.
    NotAtSome,
    /// It is away: the files wait, nobody else does.
    Away,
}

/// What was swept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Rows of files taken away long ago, in no version.
    pub forgotten: u64,
    /// Objects without a row, and what a writing that was cut left.
    pub orphans: usize,
}

/// Shows the waiting files to the antivirus, one at a time, until there is none, it is away or the worker must stop. A file that cannot be
/// read, or that it will not look at, holds no other back.
///
/// # Errors
/// The database's; the files wait.
pub async fn scan_files(state: &AppState, stop: &CancellationToken) -> Result<Looked, Problem> {
    if !state.antivirus.is_there() {
        return Ok(Looked::AtEverything);
    }
    let (mut last, mut round) = (Uuid::nil(), Looked::AtEverything);
    loop {
        let waiting = attachments::find_to_scan(&mut *state.db.acquire().await?, last, AT_ONCE).await?;
        let Some(end) = waiting.last() else { return Ok(round) };
        last = *end;
        for object in waiting {
            if stop.is_cancelled() {
                return Ok(round);
            }
            match scan_file(state, object).await? {
                Looked::AtEverything => {}
                Looked::NotAtSome => round = Looked::NotAtSome,
                Looked::Away => return Ok(Looked::Away),
            }
        }
    }
}

async fn scan_file(state: &AppState, object: Uuid) -> Result<Looked, Problem> {
    let bytes = match state.storage.get(object).await {
        Ok(bytes) => bytes,
        Err(fault) => {
            tracing::error!(%object, %fault, "a file that waits for the antivirus cannot be read");
            return Ok(Looked::NotAtSome);
        }
    };
    match state.antivirus.look_at(&bytes).await {
        Ok(said) => {
            let mut transaction = state.db.begin().await?;
            let now = state.clock.now();
            for file in applications::hear_antivirus(&mut transaction, object, said, now).await? {
                go_live::tell_of_virus(&mut transaction, &file, now).await?;
                participation::tell_of_virus(&mut transaction, &file, now).await?;
            }
            transaction.commit().await?;
            tracing::info!(%object, %said, "the antivirus looked at a file");
            Ok(Looked::AtEverything)
        }
        Err(reason @ NoAnswer::Refused(_)) => {
            tracing::error!(%object, %reason, "a file goes on waiting");
            Ok(Looked::NotAtSome)
        }
        Err(reason @ NoAnswer::Away(_)) => {
            tracing::warn!(%reason, "files wait for the antivirus");
            Ok(Looked::Away)
        }
    }
}

/// Forgets files taken away long ago and deletes the bytes no row knows.
///
/// # Errors
/// The database's; [`Problem::Busy`] when the storage does not answer: the next run goes on.
pub async fn sweep_files(state: &AppState) -> Result<Swept, Problem> {
    let now = state.clock.now();
    let mut transaction = state.db.begin().await?;
    let forgotten = attachments::forget_removed(&mut transaction, now).await?;
    transaction.commit().await?;
    let orphans = attachments::sweep(&mut *state.db.acquire().await?, &state.storage, now).await?;
    Ok(Swept { forgotten, orphans })
}

pub(super) async fn run(state: &AppState, stop: &CancellationToken) {
    tokio::join!(keep_scanning(state, stop), keep_sweeping(state, stop));
}

async fn keep_scanning(state: &AppState, stop: &CancellationToken) {
    let mut away = AWAY.0;
    while !stop.is_cancelled() {
        let round = {
            let (state, stop) = (state.clone(), stop.clone());
            tokio::spawn(async move { scan_files(&state, &stop).await }).await
        };
        let pause = match round {
            Ok(Ok(Looked::AtEverything)) => {
                away = AWAY.0;
                POLLING
            }
            Ok(Ok(Looked::NotAtSome | Looked::Away)) => {
                let pause = away;
                away = (away * 2).min(AWAY.1);
                pause
            }
            Ok(Err(problem)) => {
                tracing::warn!(%problem, "files wait for the antivirus: the database cannot be used");
                POLLING
            }
            Err(panic) => {
                tracing::error!(%panic, "the round of the antivirus stopped");
                POLLING
            }
        };
        sleep(pause, stop).await;
    }
}

async fn keep_sweeping(state: &AppState, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        let state = state.clone();
        match tokio::spawn(async move { sweep_files(&state).await }).await {
            Ok(Ok(swept)) if swept == Swept::default() => {}
            Ok(Ok(Swept { forgotten, orphans })) => tracing::info!(forgotten, orphans, "files nobody needs were swept"),
            Ok(Err(problem)) => tracing::warn!(%problem, "the sweep will run again"),
            Err(panic) => tracing::error!(%panic, "the sweep stopped; it will run again"),
        }
        sleep(SWEEPING, stop).await;
    }
}
