//! One try of one letter: written, handed over, settled. The worker opens and commits the transactions around it.

use std::{any::Any, panic::AssertUnwindSafe, time::Duration};

use lettre::Message;
use sqlx::PgConnection;
use time::OffsetDateTime;
use tokio::sync::oneshot;

use super::{
    Envelope, Letterhead, Mailer,
    delivery::{Fate, LetterState, Outcome, fate, kills_its_workers},
    message::CannotBeBuilt,
    render::render_numbered,
    store::{Settlement, Taken, save_settlement},
};
use crate::{
    journal::{self, By, Event, Subject},
    problem::Problem,
};

/// Writing a letter takes a millisecond; one that takes this long will not end.
const WRITING_LIMIT: Duration = Duration::from_secs(10);

/// Writes the letter and hands it over. Whatever happens inside, a panic or an endless loop included, comes back as an outcome.
pub async fn try_once(mailer: &Mailer, head: &Letterhead, taken: &Taken) -> Outcome {
    if kills_its_workers(taken.tries) {
        return Outcome::Broken("several workers died while sending this letter".into());
    }
    let written = {
        let (mailer, head, taken) = (mailer.clone(), head.clone(), taken.clone());
        on_a_thread_of_its_own(WRITING_LIMIT, move || write(&mailer, &head, &taken)).await
    };
    let (envelope, message) = match written.unwrap_or_else(|reason| Err(Outcome::Broken(reason))) {
        Ok(written) => written,
        Err(outcome) => return outcome,
    };
    let mailer = mailer.clone();
    let handed_over = tokio::spawn(async move { mailer.hand_over(envelope, &message).await }).await;
    // A panic in there may have come after the last line of the letter.
    handed_over.unwrap_or_else(|error| Outcome::Ambiguous(format!("the mailer stopped: {error}")))
}

fn write(mailer: &Mailer, head: &Letterhead, taken: &Taken) -> Result<(Envelope, Message), Outcome> {
    let letter = serde_json::from_value(taken.values.clone())
        .map_err(|error| Outcome::Broken(format!("this program does not know the letter « {} »: {error}", taken.kind)))?;
    let rendered = render_numbered(head, &taken.to, &letter, taken.id).map_err(|problem| Outcome::Broken(problem.to_string()))?;
    let envelope = Envelope { id: taken.id, to: taken.to.clone(), written_at: taken.written_at, rendered };
    let message = mailer.compose(&envelope).map_err(|error| match error {
        CannotBeBuilt::Name | CannotBeBuilt::Address => Outcome::Never(error.to_string()),
        CannotBeBuilt::Composition(_) => Outcome::Broken(error.to_string()),
    })?;
    Ok((envelope, message))
}

/// Runs what should end at once. A thread that does not is left behind: it cannot be stopped, and must stop nobody.
async fn on_a_thread_of_its_own<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    let (sender, receiver) = oneshot::channel();
    std::thread::Builder::new()
        .name("letter".into())
        .spawn(move || sender.send(std::panic::catch_unwind(AssertUnwindSafe(work))).is_ok())
        .map_err(|error| format!("no thread to write the letter: {error}"))?;
    match tokio::time::timeout(limit, receiver).await {
        Ok(Ok(Ok(done))) => Ok(done),
        Ok(Ok(Err(panic))) => Err(format!("writing the letter panicked: {}", words_of(panic.as_ref()))),
        Ok(Err(_)) => Err("writing the letter stopped".into()),
        Err(_) => Err(format!("writing the letter did not end within {} s", limit.as_secs_f32())),
    }
}

fn words_of(panic: &(dyn Any + Send)) -> &str {
    panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a word")
}

/// Writes down how the try ended. False when the letter was no longer this worker's: the lease had run out.
///
/// # Errors
/// The database's.
pub async fn settle(
    connection: &mut PgConnection,
    taken: &Taken,
    outcome: &Outcome,
    jitter: f64,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let fate = fate(outcome, taken.tries, now, jitter);
    if !save_settlement(connection, taken, &settlement(taken, outcome, fate, now)).await? {
        return Ok(false);
    }
    let kind =
        || serde_json::from_value(taken.values.clone()).map_or_else(|_| taken.kind.clone(), |letter: super::Letter| letter.title().into());
    let event = match fate {
        Fate::GivenUp => Event::LetterGivenUp { kind: kind() },
        Fate::InDoubt => Event::LetterInDoubt { kind: kind() },
        Fate::Sent | Fate::PutBack | Fate::TryAgain { .. } => return Ok(true),
    };
    let subject = Subject { application: taken.application, ..Subject::default() };
    journal::record(connection, &By::Timer("envoi des lettres"), subject, &event, now).await?;
    Ok(true)
}

fn settlement(taken: &Taken, outcome: &Outcome, fate: Fate, now: OffsetDateTime) -> Settlement {
    let tries = taken.tries;
    let last_error = outcome.reason().map(|reason| reason.chars().filter(|c| *c != '\0').take(1000).collect());
    let stays = Settlement {
        state: LetterState::Waiting,
        count: tries.count,
        doubtful: tries.doubtful,
        next_try_at: now,
        sent_at: None,
        last_error,
    };
    match fate {
        Fate::Sent => Settlement { state: LetterState::Sent, sent_at: Some(now), ..stays },
        // a server that is away is not a try of this letter
        Fate::PutBack => Settlement { count: tries.count - 1, ..stays },
        Fate::TryAgain { at, in_doubt } => Settlement { next_try_at: at, doubtful: tries.doubtful + i32::from(in_doubt), ..stays },
        Fate::InDoubt => {
            let last_was_in_doubt = matches!(outcome, Outcome::Ambiguous(_));
            Settlement { state: LetterState::Ambiguous, doubtful: tries.doubtful + i32::from(last_was_in_doubt), ..stays }
        }
        Fate::GivenUp => Settlement { state: LetterState::Dead, ..stays },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_letter_that_panics_or_never_ends_is_told_apart_and_stops_nobody() {
        assert_eq!(on_a_thread_of_its_own(WRITING_LIMIT, || 7).await, Ok(7));
        let panicked: Result<(), String> = on_a_thread_of_its_own(WRITING_LIMIT, || panic!("a poisoned letter")).await;
        assert_eq!(panicked, Err("writing the letter panicked: a poisoned letter".into()));
        let endless: Result<(), String> = on_a_thread_of_its_own(Duration::from_millis(50), || {
            loop {
                std::thread::sleep(Duration::from_secs(1));
            }
        })
        .await;
        assert_eq!(endless, Err("writing the letter did not end within 0.05 s".into()));
    }
}
