//! Acts: a complete candidature takes its turn, and takes it again.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Seat,
    admit_next::{DESK, announce},
    store,
};
use crate::{
    criteria::Sector,
    ids::ApplicationId,
    journal::{self, PlaceFact, Subject},
    problem::Problem,
};

/// A complete candidature takes its turn, after every other, and a place at once when one is free for its sector. One that is there already
/// stays as it is; one that had left takes a new turn, at the end. In the transaction of the submission, after [`super::arrive`] and once its
/// version is written. A sector that is declared otherwise than in the version before is followed, unless a reviewer corrected it since: that one
/// stays.
///
/// # Errors
/// The database's.
pub async fn enter_line(
    connection: &mut PgConnection,
    application: ApplicationId,
    sector: Sector,
    declared_before: Option<Sector>,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let mut seats = store::line::enter(connection, application, Some(sector), false, now).await?;
    if let Some(before) = declared_before.filter(|before| *before != sector) {
        seats.extend(follow(connection, application, before, sector, now).await?);
    }
    announce(connection, &seats, Some(application), now).await
}

/// A candidature that had left is instructed again, and nobody is at fault: it takes back the turn it had. The place it held, if it went on,
/// stays with whoever has it: it is seated when one is free.
///
/// # Errors
/// The database's.
pub async fn return_to_line(connection: &mut PgConnection, application: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let seats = store::line::enter(connection, application, None, true, now).await?;
    announce(connection, &seats, Some(application), now).await
}

/// Follows a sector declared anew, unless a reviewer corrected the one before or the place is granted; who received a place.
async fn follow(
    connection: &mut PgConnection,
    application: ApplicationId,
    before: Sector,
    sector: Sector,
    now: OffsetDateTime,
) -> Result<Vec<Seat>, Problem> {
    let standing = store::standing::find_standing(connection, application).await?.ok_or(Problem::NotFound)?;
    if standing.sector != before || !standing.may_change_sector() {
        return Ok(Vec::new());
    }
    let seats = store::line::correct_sector(connection, application, sector, now).await?;
    let fact = PlaceFact::SectorCorrected {
        from: before.label().into(),
        to: sector.label().into(),
        because: "la nouvelle version le déclare ainsi".into(),
    };
    let organisation = store::standing::find_candidature(connection, application).await?.organisation;
    journal::record(connection, &DESK, Subject::application(application, organisation), &fact.into(), now).await?;
    Ok(seats)
}
