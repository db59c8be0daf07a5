//! Acts: throw a draft away, fetch it back.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{application::Application, bin, state::Act, store};
use crate::{
    accounts::Applicant,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Puts a draft in the bin, where it stays for 30 days with everything typed in it. Throwing it away twice throws it away once.
///
/// # Errors
/// [`Problem::NotPossible`] when it was handed in; the database's.
pub async fn delete_draft(connection: &mut PgConnection, by: &Applicant, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let application = lock_own(connection, by, id, Act::Restore, Act::Delete).await?;
    if let Some(application) = application {
        bin::store::save_deleted(connection, id, now).await?;
        let subject = Subject::application(id, application.organisation);
        journal::record(connection, &by.by(), subject, &Event::DraftDeleted, now).await?;
    }
    Ok(())
}

/// Takes a draft out of the bin as it was. Fetching it back twice does so once.
///
/// # Errors
/// [`Problem::NotFound`] when its time there is over and it is gone; the database's.
pub async fn restore_draft(connection: &mut PgConnection, by: &Applicant, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let application = lock_own(connection, by, id, Act::Delete, Act::Restore).await?;
    if let Some(application) = application {
        bin::store::save_restored(connection, id, now).await?;
        let subject = Subject::application(id, application.organisation);
        journal::record(connection, &by.by(), subject, &Event::DraftRestored, now).await?;
    }
    Ok(())
}

/// The demande, locked, if the act may follow; nothing when it is done already: what undoes it may follow.
async fn lock_own(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    undone_by: Act,
    act: Act,
) -> Result<Option<Application>, Problem> {
    let application = store::lock(connection, id).await?;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    if application.state.allows(undone_by) {
        return Ok(None);
    }
    application
        .state
        .after(act)
        .map_err(|refusal| Problem::not_possible_but(refusal.to_string(), "Voir la demande", format!("/demandes/{}", id.0)))?;
    Ok(Some(application))
}
