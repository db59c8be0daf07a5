//! Act: a stored file joins a demande.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Attachment, Scan, receive::Stored, store};
use crate::{
    accounts::Applicant,
    ids::{ApplicationId, OrganisationId},
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Ties a stored file to a field of a demande; nothing when its six places are taken. The caller holds the demande's lock and knows that
/// the applicant may edit it.
///
/// # Errors
/// The database's.
pub async fn attach(
    connection: &mut PgConnection,
    by: &Applicant,
    (application, organisation): (ApplicationId, OrganisationId),
    field: &str,
    stored: Stored,
    scan: Scan,
    now: OffsetDateTime,
) -> Result<Option<Attachment>, Problem> {
    let Stored { id, name, kind, size, checksum } = stored;
    let attachment = Attachment { id, application, field: field.to_owned(), name, kind, size, checksum, scan, added_at: now };
    if !store::add(connection, &attachment, by.person().account).await? {
        return Ok(None);
    }
    let event = Event::FileAttached { name: attachment.name.as_str().to_owned(), sha256: checksum.to_string() };
    journal::record(connection, &by.by(), Subject::application(application, organisation), &event, now).await?;
    Ok(Some(attachment))
}
