//! Acts: a file is taken away from a demande, or goes with what it was of.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Attachment, store};
use crate::{
    accounts::Person,
    ids::{ApplicationId, OrganisationId},
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Takes a file away; versions handed in with it keep it. Taking it away twice changes nothing. The caller holds the demande's lock and
/// knows that the applicant may edit it.
///
/// # Errors
/// [`Problem::NotFound`] when the demande has no such file; the database's.
pub async fn detach(
    connection: &mut PgConnection,
    by: &Person,
    (application, organisation): (ApplicationId, OrganisationId),
    id: Uuid,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let attachment = store::find(connection, application, id).await?;
    if store::remove(connection, application, id, now).await?.is_some() {
        let event = Event::FileRemoved(attachment.fact());
        journal::record(connection, &by.as_author(), Subject::application(application, organisation), &event, now).await?;
    }
    Ok(())
}

/// Lets a file of no field go with what it was of, to which nothing ties it any more: unlike a field's, nobody finds it again. The caller
/// knows that the person may.
///
/// # Errors
/// The database's; a foreign key when something still holds it.
pub async fn forget(
    connection: &mut PgConnection,
    by: &Person,
    organisation: OrganisationId,
    file: &Attachment,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    store::forget(connection, file.id).await?;
    let subject = Subject::application(file.application, organisation);
    journal::record(connection, &by.as_author(), subject, &Event::FileRemoved(file.fact()), now).await
}
