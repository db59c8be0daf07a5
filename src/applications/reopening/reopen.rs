//! Act: fill in again a demande that was approved.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    accounts::Applicant,
    applications::{Act, Application},
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Reopens an approved demande, which the caller holds and whose right it knows to be in force. What was typed for the version granted is
/// kept, in case the change comes to nothing.
///
/// # Errors
/// [`Problem::NotFound`] for somebody else's; [`Problem::NotPossible`] when it is not approved; the database's.
pub async fn reopen(connection: &mut PgConnection, by: &Applicant, application: &Application, now: OffsetDateTime) -> Result<(), Problem> {
    let id = application.id;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    application
        .state
        .after(Act::Change)
        .map_err(|refusal| Problem::not_possible_but(refusal.to_string(), "Voir la demande", format!("/demandes/{}", id.0)))?;
    store::save_reopening(connection, id, now).await?;
    let subject = Subject::application(id, application.organisation);
    journal::record(connection, &by.by(), subject, &Event::ChangeStarted { version: application.version }, now).await
}
