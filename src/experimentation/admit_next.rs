//! Act: the line moves. The one door through which places are given: acts that free one or take a turn come through [`announce`], the timer
//! through [`admit_next`].

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Seat, news, store};
use crate::{
    ids::{ApplicationId, CampaignId},
    journal::{self, By, PlaceFact, Subject},
    problem::Problem,
};

/// The desk's name in the journal, for what nobody does.
pub(super) const DESK: By = By::Timer("Le guichet");

/// Gives every free place to whoever may have it, the first in line first, and writes to each. Safe to run at any time, by several at once:
/// the campaign is taken by one after the other. Who received a place.
///
/// # Errors
/// The database's.
pub async fn admit_next(connection: &mut PgConnection, campaign: CampaignId, now: OffsetDateTime) -> Result<Vec<Seat>, Problem> {
    let seats = store::line::pass(connection, campaign, now).await?;
    announce(connection, &seats, None, now).await?;
    Ok(seats)
}

/// Tells the journal and the applicants who received a place; `silent` is the candidature whose applicant learns it by what they just did.
pub(super) async fn announce(
    connection: &mut PgConnection,
    seats: &[Seat],
    silent: Option<ApplicationId>,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    for seat in seats {
        let application = store::standing::find_candidature(connection, seat.application).await?;
        let subject = Subject::application(seat.application, application.organisation);
        let pool = seat.pool.map(|sector| sector.to_string());
        journal::record(connection, &DESK, subject, &PlaceFact::PlaceReserved { place: seat.place, pool }.into(), now).await?;
        if silent != Some(seat.application) {
            news::tell_reserved(connection, &application, now).await?;
        }
    }
    Ok(())
}
