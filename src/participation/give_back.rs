//! Act: a participant gives its place back.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Cause, Ended, end::end, lapse_offer::tell, store, words};
use crate::{
    accounts::Applicant,
    applications,
    authorizations::{self, Authorization},
    calendar,
    experimentation::{Leaving, leave_line},
    ids::{ApplicationId, OrganisationId},
    journal::{self, By, PlaceFact, Subject},
    problem::Problem,
};

/// The holder's side, which the page knows the visitor to be of, gives the place back: the right ends at once, the participation with it if it had
/// begun, and the place goes to the next one.
///
/// # Errors
/// [`Problem::NotPossible`] when the right has ended already; the database's.
pub async fn give_back(connection: &mut PgConnection, by: &Applicant, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let application = applications::lock(connection, id).await?;
    let right = authorizations::find_of_application(connection, id).await?.ok_or(Problem::NotFound)?;
    let right = authorizations::find(connection, right).await?;
    if !right.state.is_in_force() {
        let sentence = format!("L’habilitation {} n’est plus en vigueur : il n’y a plus de place à rendre.", right.id);
        return Err(Problem::not_possible_but(sentence, "Voir l’habilitation", format!("/habilitations/{}", right.id.0)));
    }
    let subject = Subject::application(id, application.organisation);
    journal::record(connection, &by.by(), subject, &PlaceFact::PlaceGivenBack.into(), now).await?;
    if let Some(participation) = store::find_of_application(connection, id).await? {
        let ended = Ended { on: calendar::paris_date(now), cause: Cause::Renunciation };
        return end(connection, &participation, ended, now).await;
    }
    end_right(connection, &by.by(), application.organisation, &right, Leaving::Renounced, now).await?;
    tell(connection, &right, "place given back", words::of_place_given_back(), now).await
}

/// A right ends with its place before access opened. The caller holds the candidature.
pub(super) async fn end_right(
    connection: &mut PgConnection,
    by: &By,
    organisation: OrganisationId,
    right: &Authorization,
    because: Leaving,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    authorizations::expire(connection, right.id, now).await?;
    let fact = PlaceFact::RightEnded { authorization: right.id, because: because.because().to_owned() };
    journal::record(connection, by, Subject::application(right.application, organisation), &fact.into(), now).await?;
    leave_line(connection, right.application, because, now).await
}
