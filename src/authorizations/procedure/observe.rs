//! Act: answer what is envisaged.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    accounts::{self, Applicant},
    authorizations,
    ids::AuthorizationId,
    journal::{self, Event, RightFact, Subject},
    notifications::{self, Letter, RightNews},
    problem::Problem,
};

/// Writes the observations of the holder's side, which the page knows the visitor to be of, and tells whoever opened the procedure. They are
/// read until the decision is taken, even after their last day.
///
/// # Errors
/// [`Problem::NotPossible`] when no procedure is going on; the database's.
pub async fn observe(
    connection: &mut PgConnection,
    by: &Applicant,
    right: AuthorizationId,
    body: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let authorization = authorizations::store::lock(connection, right).await?;
    let procedures = store::find_procedures(connection, right).await?;
    let Some(procedure) = procedures.into_iter().find(|procedure| procedure.ruling.is_none()) else {
        let sentence = "Aucune procédure n’est en cours sur cette habilitation : il n’y a pas d’observations à présenter.";
        return Err(Problem::not_possible_but(sentence, "Voir l’habilitation", format!("/habilitations/{}", right.0)));
    };
    store::add_observation(connection, by, procedure.id, body, now).await?;
    let subject = Subject::application(authorization.application, authorization.organisation.id);
    journal::record(connection, &by.by(), subject, &Event::AboutRight(RightFact::ObservationsGiven { authorization: right }), now).await?;
    let Some(opener) = accounts::find_person(connection, procedure.opened_by).await? else { return Ok(()) };
    let news = RightNews::Observed { by: by.person().full_name() };
    let letter = Letter::AboutRight { about: authorization.about(), authorization: right, news };
    let occasion = format!("{right} observations {}", now.unix_timestamp_nanos());
    notifications::enqueue(connection, &occasion, &opener.as_recipient(), &letter, now).await
}
