//! Acts: the team gives a prepared demande more time, or takes it back.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    prepare::tell,
    prepared_demande::{Prepared, PreparedAct, WAITS_FOR},
    store,
};
use crate::{
    accounts::Reviewer,
    journal::{self, Event, Subject, TeamFact},
    problem::Problem,
};

const LIST: &str = "/instruction/preparees";

/// Gives it thirty more days from now and writes again.
///
/// # Errors
/// [`Problem::NotPossible`] when it was taken or cancelled; [`Problem::NotFound`]; the database's.
pub async fn renew(connection: &mut PgConnection, by: &Reviewer, id: Uuid, now: OffsetDateTime) -> Result<(), Problem> {
    let prepared = lock(connection, id, PreparedAct::Renew, now).await?;
    let prepared = Prepared { expires_at: now + WAITS_FOR, ..prepared };
    store::save_renewal(connection, id, prepared.expires_at).await?;
    let event = Event::OfTeam(TeamFact::PreparedRenewed);
    journal::record(connection, &by.by(), Subject::organisation(prepared.organisation), &event, now).await?;
    tell(connection, &prepared, now).await
}

/// Takes it back: its link opens nothing any more.
///
/// # Errors
/// As [`renew`].
pub async fn cancel(connection: &mut PgConnection, by: &Reviewer, id: Uuid, now: OffsetDateTime) -> Result<(), Problem> {
    let prepared = lock(connection, id, PreparedAct::Cancel, now).await?;
    store::save_cancellation(connection, id, now).await?;
    let event = Event::OfTeam(TeamFact::PreparedCancelled);
    journal::record(connection, &by.by(), Subject::organisation(prepared.organisation), &event, now).await
}

async fn lock(connection: &mut PgConnection, id: Uuid, act: PreparedAct, now: OffsetDateTime) -> Result<Prepared, Problem> {
    let prepared = store::lock_prepared(connection, id).await?;
    prepared
        .state(now)
        .after(act)
        .map_err(|sentence| Problem::not_possible_but(format!("{sentence} Rien n’a été fait."), "Demandes préparées", LIST))?;
    Ok(prepared)
}
