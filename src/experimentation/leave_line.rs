//! Act: a candidature leaves the line, and what it held goes on.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Leaving, admit_next::announce, standing::Holds, store};
use crate::{
    ids::ApplicationId,
    journal::{self, PlaceFact, Subject},
    problem::Problem,
};

/// Takes a candidature out of the line; the place it held goes at once to the next one who may have it. What is no candidature, or left already,
/// stays as it is. The caller holds the demande, and has not yet written its new state: the campaign is taken before.
///
/// # Errors
/// The database's.
pub async fn leave_line(
    connection: &mut PgConnection,
    application: ApplicationId,
    because: Leaving,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let Some(standing) = store::standing::find_standing(connection, application).await? else { return Ok(()) };
    if matches!(standing.holds, Holds::Nothing(_)) {
        return Ok(());
    }
    let seats = store::line::leave(connection, application, because, now).await?;
    let demande = store::standing::find_candidature(connection, application).await?;
    let fact = PlaceFact::LineLeft { because: because.because().to_owned() };
    journal::record(connection, &super::admit_next::DESK, Subject::application(application, demande.organisation), &fact.into(), now)
        .await?;
    announce(connection, &seats, None, now).await
}
