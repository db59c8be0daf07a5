//! What every act that changes a draft begins with.

use sqlx::PgConnection;

use super::{Application, invitation::store::may_edit, state::Act, store};
use crate::{accounts::Applicant, ids::ApplicationId, problem::Problem};

/// The demande, locked, if that person may edit it (its applicant, or somebody they invited to fill it) and it may still be edited.
///
/// # Errors
/// [`Problem::NotFound`] when it is somebody else's; [`Problem::NotPossible`] when it can no longer be edited; the database's.
pub(super) async fn lock(connection: &mut PgConnection, by: &Applicant, id: ApplicationId) -> Result<Application, Problem> {
    let application = store::lock(connection, id).await?;
    if !may_edit(connection, &application, by.person().account).await? {
        return Err(Problem::NotFound);
    }
    application
        .state
        .after(Act::Edit)
        .map_err(|refusal| Problem::not_possible_but(refusal.to_string(), "Voir la demande", format!("/demandes/{}", id.0)))?;
    Ok(application)
}
