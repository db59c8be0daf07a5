//! Act: a letter is written, at the pace its recipient chose.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    DigestLine, Letter, Pace, Recipient, render,
    store::{self, choices},
};
use crate::problem::Problem;

/// Puts a letter in the outbox, in the transaction of the act. `occasion` names the event (« D12 version 1 »): for one occasion, one
/// recipient receives one letter of a kind, however often the act is tried. News of the team's work wait for the day's digest, or go
/// nowhere, when their recipient chose so.
///
/// # Errors
/// The database's.
pub async fn enqueue(
    connection: &mut PgConnection,
    occasion: &str,
    to: &Recipient,
    letter: &Letter,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let pace = match letter.topic() {
        Some(topic) => choices::find_pace(connection, &to.address, topic).await?,
        None => Pace::Each,
    };
    match pace {
        Pace::Each => store::add_letter(connection, occasion, to, letter, now).await,
        Pace::Digest => {
            let line = DigestLine { says: render::subject(letter), application: letter.application() };
            choices::add_digest_line(connection, &store::deduplication_key(occasion, letter, to), &to.address, &line, now).await
        }
        Pace::Never => Ok(()),
    }
}
