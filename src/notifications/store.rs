//! SQL of the outbox.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Letter, Recipient};
use crate::problem::Problem;

const TRIED_FOR: time::Duration = time::Duration::hours(48);

/// Puts a letter in the outbox, in the transaction of the act. `occasion` names the event (« D12 version 1 »): for one occasion, one
/// recipient receives one letter of a kind, however often the act is tried.
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
    let kind = letter.kind();
    sqlx::query!(
        "insert into outbox (id, deduplication_key, kind, recipient_address, recipient_name, letter, application_id, created_at, next_try_at,
            give_up_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
         on conflict on constraint outbox_letter_is_written_once do nothing",
        Uuid::now_v7(),
        format!("{occasion}/{kind}/{}", to.address),
        kind,
        to.address,
        to.name,
        serde_json::to_value(letter).map_err(anyhow::Error::from)?,
        letter.application().map(|id| id.0),
        now,
        now + TRIED_FOR
    )
    .execute(connection)
    .await?;
    Ok(())
}
