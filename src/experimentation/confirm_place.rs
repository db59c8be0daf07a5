//! Act: the holder of a granted place confirms it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Holds, line::Stand, store};
use crate::{
    accounts::Applicant,
    calendar,
    ids::ApplicationId,
    journal::{self, PlaceFact, Subject},
    problem::Problem,
};

/// The holder's side, which the page knows the visitor to be of, keeps the place until the participation ends. Confirmed already, or granted
/// before confirming was a rule, it stays as it is. The caller holds the candidature.
///
/// # Errors
/// [`Problem::NotPossible`] when the place is not held any more, or its last day to confirm is past; the database's.
pub async fn confirm_place(
    connection: &mut PgConnection,
    by: &Applicant,
    application: ApplicationId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let Some(offer) = store::offers::find_offer(connection, application).await?.filter(super::Offer::is_open) else { return Ok(()) };
    let refuse = |sentence: String| {
        let page = format!("/demandes/{}", application.0);
        Err(Problem::not_possible_but(format!("{sentence} Rien n’a été enregistré."), "Voir la candidature", page))
    };
    let standing = store::standing::find_standing(connection, application).await?.ok_or(Problem::NotFound)?;
    if !matches!(standing.holds, Holds::Place { stand: Stand::Granted, .. }) {
        return refuse(standing.sentence());
    }
    if offer.has_lapsed(calendar::paris_date(now)) {
        return refuse(format!(
            "Cette place était à confirmer au plus tard le {} : elle va à la candidature suivante.",
            calendar::date_in_full(offer.answer_by)
        ));
    }
    if store::offers::add_confirmation(connection, by, &offer, now).await? {
        let organisation = store::standing::find_candidature(connection, application).await?.organisation;
        let subject = Subject::application(application, organisation);
        journal::record(connection, &by.by(), subject, &PlaceFact::PlaceConfirmed.into(), now).await?;
    }
    Ok(())
}
