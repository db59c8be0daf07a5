//! The look at what must be true of the database, once the desk is open and every night: nobody has to think of `check-invariants`.

use std::time::Duration;

use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

use super::sleep;
use crate::{
    AppState, calendar,
    database::Owner,
    invariants::{Checked, Outcome, check},
};

/// After the opening: whoever waited for a restart comes first.
const FIRST: Duration = Duration::from_mins(1);

/// The hour in Paris at which few people work, and which no change of time skips.
const NIGHT: i8 = 4;

/// What the log says against one invariant; the command says the rest.
const MOST_SAID: usize = 5;

/// Looks at everything `check-invariants` does, and says in the log what is broken. Several workers each look: it only reads.
///
/// # Errors
/// The database's.
pub async fn look_at_invariants(state: &AppState, owner: &Owner) -> anyhow::Result<Vec<Checked>> {
    let mut as_owner = owner.connect().await?;
    let mut connection = state.db.acquire().await?;
    let checked = check(&mut connection, as_owner.as_mut()).await?;
    for Checked { invariant, outcome } in &checked {
        match outcome {
            Outcome::Holds => {}
            Outcome::NotChecked(why) => tracing::info!(invariant, why, "an invariant was not looked at"),
            Outcome::Broken(against) => {
                let first = against.iter().take(MOST_SAID).map(String::as_str).collect::<Vec<_>>().join("; ");
                tracing::error!(invariant, count = against.len(), first, "an invariant is broken: see check-invariants");
            }
        }
    }
    Ok(checked)
}

/// How long until the next night's look.
fn until_night(now: OffsetDateTime) -> Duration {
    let today = calendar::paris_date(now);
    let nights = [today, calendar::days_after(today, 1)].map(|day| calendar::paris_hour(day, NIGHT));
    let next = nights.into_iter().flatten().find(|night| *night > now);
    next.and_then(|night| (night - now).try_into().ok()).unwrap_or(Duration::from_hours(24))
}

/// Looks soon after the opening, then each night, until told to stop.
pub async fn watch_invariants(state: &AppState, owner: &Owner, stop: &CancellationToken) {
    sleep(FIRST, stop).await;
    while !stop.is_cancelled() {
        let look = {
            let (state, owner) = (state.clone(), owner.clone());
            tokio::spawn(async move { look_at_invariants(&state, &owner).await })
        };
        tokio::select! {
            () = stop.cancelled() => return,
            looked = look => match looked {
                Ok(Ok(checked)) => tracing::info!(count = checked.len(), "the invariants were looked at"),
                Ok(Err(problem)) => tracing::warn!(%problem, "the invariants could not be looked at"),
                Err(panic) => tracing::error!(%panic, "the look at the invariants stopped"),
            },
        }
        sleep(until_night(state.clock.now()), stop).await;
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_look_is_at_four_in_paris_whatever_the_season() {
        for (now, hours) in [
            (datetime!(2026-12-03 02:00 UTC), 1),
            (datetime!(2026-12-03 03:00 UTC), 24),
            (datetime!(2027-03-27 04:00 UTC), 22),
            (datetime!(2027-03-28 00:30 UTC), 1),
            (datetime!(2027-10-30 03:00 UTC), 24),
        ] {
            let until = until_night(now);
            assert_eq!(until.as_secs() / 3600, hours, "{now}: {until:?}");
        }
    }
}
