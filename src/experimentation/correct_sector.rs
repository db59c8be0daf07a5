//! Act: the sector of a candidature is another one.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Standing, admit_next::announce, news, store};
use crate::{
    criteria::Sector,
    ids::ApplicationId,
    journal::{self, By, PlaceFact, Subject},
    problem::Problem,
};

/// Puts a candidature in the line of another sector, at its turn, as if it had always been there: it may lose the place it was reserved, or
/// receive one. Its applicant is told, with the reason. The caller holds the demande. Where it stands then.
///
/// # Errors
/// [`Problem::NotPossible`] once a place is granted or the candidature has left; the database's.
pub async fn correct_sector(
    connection: &mut PgConnection,
    by: &By,
    application: ApplicationId,
    sector: Sector,
    reason: &str,
    now: OffsetDateTime,
) -> Result<Standing, Problem> {
    let before = store::standing::find_standing(connection, application).await?.ok_or(Problem::NotFound)?;
    if !before.may_change_sector() {
        let sentence = format!("{} Son secteur ne change plus.", before.sentence());
        return Err(Problem::not_possible_but(sentence, "Voir le dossier", format!("/instruction/{}", application.0)));
    }
    if before.sector == sector {
        return Ok(before);
    }
    let seats = store::line::correct_sector(connection, application, sector, now).await?;
    let demande = store::standing::find_candidature(connection, application).await?;
    let fact = PlaceFact::SectorCorrected { from: before.sector.label().into(), to: sector.label().into(), because: reason.to_owned() };
    journal::record(connection, by, Subject::application(application, demande.organisation), &fact.into(), now).await?;
    announce(connection, &seats, Some(application), now).await?;
    let after = store::standing::find_standing(connection, application).await?.ok_or(Problem::NotFound)?;
    news::tell_sector(connection, &demande, &after, reason, now).await?;
    Ok(after)
}
