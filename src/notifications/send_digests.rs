//! Act: the digest of the day leaves.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Letter, TeamLetter, digest,
    store::{self, choices},
};
use crate::{calendar, problem::Problem};

/// Writes one letter to each member of the team for whom something waits, once a working day from eight o’clock in Paris, with what
/// came before; how many. Where there is nothing new, no letter leaves.
///
/// # Errors
/// The database's.
pub async fn send_digests(connection: &mut PgConnection, now: OffsetDateTime) -> Result<usize, Problem> {
    let Some(digest::Due { day, until }) = digest::due(now) else { return Ok(0) };
    let mut written = 0;
    for account in choices::save_digest_day(connection, day, until).await? {
        let lines = choices::take_digest_lines(connection, account, until).await?;
        // Whoever left the team meanwhile is told nothing more.
        let Some(to) = choices::find_member_recipient(connection, account).await? else { continue };
        let letter = Letter::OfTeam(TeamLetter::DailyDigest { day: calendar::written(day), lines });
        store::add_letter(connection, &format!("digest {day}"), &to, &letter, now).await?;
        written += 1;
    }
    Ok(written)
}
