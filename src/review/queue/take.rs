//! Act: take a dossier nobody answers for.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Owner, store::owner};
use crate::{
    accounts::Reviewer,
    applications::{self, Application},
    calendar,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
    review::open::{refuse_own, refuse_what_is_over},
};

/// Takes a dossier; taking one's own again changes nothing.
///
/// # Errors
/// [`Problem::NotPossible`] naming who took it first and when, or when it is over; [`Problem::Forbidden`] for one's own demande or organisation;
/// the database's.
pub async fn take(connection: &mut PgConnection, by: &Reviewer, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    refuse_what_is_over(connection, &application, "Le dossier n’a pas été pris.").await?;
    match owner::find_owner(connection, id).await? {
        None => take_locked(connection, by, &application, now).await,
        Some(owner) if owner.account == by.person().account => Ok(()),
        Some(owner) => {
            let sentence = format!("{} Il reste à son nom\u{a0}; s’il doit changer de mains, confiez-le depuis sa page.", took(id, &owner));
            Err(Problem::not_possible_but(sentence, format!("Voir {id}"), format!("/instruction/{}", id.0)))
        }
    }
}

/// Takes a dossier whose row is locked and that nobody answers for.
pub(super) async fn take_locked(
    connection: &mut PgConnection,
    by: &Reviewer,
    application: &Application,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    owner::save_owner(connection, application.id, Some(by.person().account), now).await?;
    let subject = Subject::application(application.id, application.organisation);
    journal::record(connection, &by.by(), subject, &Event::DossierTaken, now).await
}

/// « Samir Benali a pris le dossier D12 le 3 décembre 2026 à 10 h 00. »
pub(super) fn took(id: ApplicationId, owner: &Owner) -> String {
    format!("{} a pris le dossier {id} le {}.", owner.name, calendar::moment(owner.since))
}
