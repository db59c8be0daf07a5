//! What somebody who can no longer decide answered for goes back to the queue.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store::{self, Held};
use crate::{
    accounts::{Administrator, Person},
    journal::{self, Event, Subject, TeamFact},
    problem::Problem,
};

/// Releases those dossiers; the journal of each keeps the name of whoever answered for it.
pub(super) async fn release(
    connection: &mut PgConnection,
    by: &Administrator,
    person: &Person,
    held: &[Held],
    now: OffsetDateTime,
) -> Result<(), Problem> {
    store::save_released(connection, held).await?;
    for dossier in held {
        let event = Event::OfTeam(TeamFact::DossierVacated { from: person.full_name() });
        journal::record(connection, &by.by(), Subject::application(dossier.application, dossier.organisation), &event, now).await?;
    }
    Ok(())
}
