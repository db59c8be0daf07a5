//! Act: give a dossier back to the queue.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{store::owner, take::took};
use crate::{
    accounts::Reviewer,
    applications,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Gives one's dossier back; giving back what nobody answers for changes nothing.
///
/// # Errors
/// [`Problem::NotPossible`] when it is somebody else's; the database's.
pub async fn release(connection: &mut PgConnection, by: &Reviewer, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let application = applications::lock(connection, id).await?;
    match owner::find_owner(connection, id).await? {
        None => Ok(()),
        Some(owner) if owner.account == by.person().account => {
            owner::save_owner(connection, id, None, now).await?;
            let subject = Subject::application(id, application.organisation);
            journal::record(connection, &by.by(), subject, &Event::DossierReleased, now).await
        }
        Some(owner) => {
            let sentence = format!(
                "{} Seule cette personne peut le rendre à la file\u{a0}; vous pouvez le confier à quelqu’un d’autre.",
                took(id, &owner)
            );
            Err(Problem::not_possible_but(sentence, format!("Voir {id}"), format!("/instruction/{}", id.0)))
        }
    }
}
