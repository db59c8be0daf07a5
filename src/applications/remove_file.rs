//! Act: a file is taken away from a demande.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::edit;
use crate::{accounts::Applicant, attachments, ids::ApplicationId, problem::Problem};

/// Takes a file away; taking it away twice changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] when the demande has no such file; [`Problem::NotPossible`] when it can no longer be edited; the database's.
pub async fn remove_file(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    file: Uuid,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let application = edit::lock(connection, by, id).await?;
    attachments::detach(connection, by.person(), (application.id, application.organisation), file, now).await
}
