//! Act: the signed approval grants the place that was reserved.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    admit_next::{DESK, announce},
    line::Stand,
    standing::Holds,
    store,
};
use crate::{
    applications,
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
    let demande = applications::find(connection, application).await?;
    let subject = Subject::application(application, demande.organisation);
    announce(connection, &seats, None, now).await?;
    journal::record(connection, &DESK, subject, &PlaceFact::PlaceGranted.into(), now).await
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
