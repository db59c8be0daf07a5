//! Act: the signed approval grants the place that was reserved.

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    admit_next::{DESK, announce},
    line::Stand,
    standing::Holds,
    store,
};
use crate::{
    calendar,
    ids::ApplicationId,
    journal::{self, PlaceFact, Subject},
    problem::Problem,
};

/// Grants the place of a candidature, in the transaction of its approval and before its state is written. What is no candidature, or holds a
/// granted place already (a change of what was granted), stays as it is.
///
/// # Errors
/// [`Problem::NotPossible`] when it holds no place, saying why and what can be done; the database's.
pub async fn grant_place(connection: &mut PgConnection, application: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let Some(standing) = store::standing::find_standing(connection, application).await? else { return Ok(()) };
    if matches!(standing.holds, Holds::Place { stand: Stand::Granted, .. }) {
        return Ok(());
    }
    refuse_without_place(connection, application).await?;
    let seats = store::line::grant(connection, application, now).await?;
    let demande = store::standing::find_candidature(connection, application).await?;
    let subject = Subject::application(application, demande.organisation);
    announce(connection, &seats, None, now).await?;
    let days = store::offers::find_days_to_answer(connection, application).await?;
    store::offers::add_offer(connection, application, last_day(days, now), now).await?;
    journal::record(connection, &DESK, subject, &PlaceFact::PlaceGranted.into(), now).await
}

/// The last day its holder has to confirm the place of a candidature: the one they were given, or would be if it were granted at that moment. None
/// when nothing is asked, and for what is no candidature.
///
/// # Errors
/// The database's.
pub async fn find_answer_by(
    connection: &mut PgConnection,
    application: ApplicationId,
    now: OffsetDateTime,
) -> Result<Option<Date>, Problem> {
    let Some(standing) = store::standing::find_standing(connection, application).await? else { return Ok(None) };
    if matches!(standing.holds, Holds::Place { stand: Stand::Granted, .. }) {
        return Ok(standing.answer_by.map(calendar::civil));
    }
    let days = store::offers::find_days_to_answer(connection, application).await?;
    Ok(Some(last_day(days, now)))
}

fn last_day(days: i32, now: OffsetDateTime) -> Date {
    calendar::days_after(calendar::paris_date(now), days)
}

/// Refuses what would approve a candidature without a place; everything else passes.
///
/// # Errors
/// [`Problem::NotPossible`] saying why and what can be done; the database's.
async fn refuse_without_place(connection: &mut PgConnection, application: ApplicationId) -> Result<(), Problem> {
    let standing = store::standing::find_standing(connection, application).await?;
    match standing.and_then(|standing| standing.why_not_granted()) {
        Some(sentence) => Err(Problem::not_possible_but(sentence, "Voir le dossier", format!("/instruction/{}", application.0))),
        None => Ok(()),
    }
}
