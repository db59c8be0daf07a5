//! Act: an administrator deactivates the account of somebody of the team.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{release::release, store};
use crate::{
    accounts::{Administrator, team},
    ids::AccountId,
    journal::{self, Event, Subject, TeamFact},
    problem::Problem,
};

/// Deactivates the account: its sessions end, the open dossiers its owner answered for wait for somebody else, what they did keeps their
/// name. How many were released; none when it was deactivated already.
///
/// # Errors
/// Those of [`team::suspend`]; the database's.
pub async fn deactivate(
    connection: &mut PgConnection,
    by: &Administrator,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<Option<u64>, Problem> {
    // Demandes before the account, as every act takes them.
    let held = store::lock_held(connection, account).await?;
    let Some(person) = team::suspend(connection, by, account, now).await? else { return Ok(None) };
    release(connection, by, &person, &held, now).await?;
    let released = u64::try_from(held.len()).map_err(anyhow::Error::from)?;
    journal::record(connection, &by.by(), Subject::account(account), &Event::OfTeam(TeamFact::AccountSuspended { released }), now).await?;
    Ok(Some(released))
}
