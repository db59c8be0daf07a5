//! Acts: a stored file joins a demande, or takes the place of another.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Attachment, Scan, receive::Stored, store};
use crate::{
    accounts::Person,
    ids::{ApplicationId, OrganisationId},
    journal::{self, Event, FileFact, Subject},
    problem::Problem,
};

/// Ties a stored file to a field of a demande; nothing when its six places are taken. A file the field already holds is not joined twice:
/// a browser that got no answer sends it again. The caller holds the demande's lock and knows that the person may edit it.
///
/// # Errors
/// The database's.
pub async fn attach(
    connection: &mut PgConnection,
    by: &Person,
    (application, organisation): (ApplicationId, OrganisationId),
    field: &str,
    stored: Stored,
    scan: Scan,
    now: OffsetDateTime,
) -> Result<Option<Attachment>, Problem> {
    let present = store::find_of_application(connection, application).await?;
    if let Some(known) = super::of_field(&present, field).into_iter().find(|file| file.checksum == stored.checksum) {
        return Ok(Some(known.clone()));
    }
    let attachment = stored.into_attachment(application, Some(field.to_owned()), scan, now);
    if !store::add_in_a_place(connection, &attachment, by.account).await? {
        return Ok(None);
    }
    let event = Event::FileAttached(attachment.fact());
    journal::record(connection, &by.as_author(), Subject::application(application, organisation), &event, now).await?;
    Ok(Some(attachment))
}

/// Puts a stored file in the place of one the demande's form holds; nothing when that one is no longer there. The same bytes replace
/// nothing. Versions handed in with the old file keep it. The caller holds the demande's lock and knows that the person may edit it.
///
/// # Errors
/// The database's.
pub async fn replace(
    connection: &mut PgConnection,
    by: &Person,
    (application, organisation): (ApplicationId, OrganisationId),
    old: Uuid,
    stored: Stored,
    scan: Scan,
    now: OffsetDateTime,
) -> Result<Option<Attachment>, Problem> {
    let present = store::find_of_application(connection, application).await?;
    let Some(old) = present.into_iter().find(|file| file.id == old) else { return Ok(None) };
    if old.checksum == stored.checksum {
        return Ok(Some(old));
    }
    let attachment = Attachment { line: old.line, ..stored.into_attachment(application, old.field.clone(), scan, now) };
    let Some(place) = store::remove(connection, application, old.id, now).await? else { return Ok(None) };
    store::add(connection, &attachment, Some(place), by.account).await?;
    let FileFact { name, sha256 } = attachment.fact();
    let event = Event::FileReplaced { name, sha256, replaced: old.checksum.to_string() };
    journal::record(connection, &by.as_author(), Subject::application(application, organisation), &event, now).await?;
    Ok(Some(attachment))
}

/// Keeps a stored file with a demande without being of its form.
async fn keep(
    connection: &mut PgConnection,
    by: &Person,
    (application, organisation): (ApplicationId, OrganisationId),
    stored: Stored,
    scan: Scan,
    now: OffsetDateTime,
) -> Result<Attachment, Problem> {
    let attachment = stored.into_attachment(application, None, scan, now);
    store::add(connection, &attachment, None, by.account).await?;
    let event = Event::FileAttached(attachment.fact());
    journal::record(connection, &by.as_author(), Subject::application(application, organisation), &event, now).await?;
    Ok(attachment)
}

/// Keeps stored files with a demande without being of its form, in their order; the same file chosen twice is kept once. The caller ties
/// them to what they are of, a message for instance, in the same transaction. Anybody who takes part may: the caller knows it.
///
/// # Errors
/// The database's.
pub async fn keep_all(
    connection: &mut PgConnection,
    by: &Person,
    demande: (ApplicationId, OrganisationId),
    files: Vec<Stored>,
    scan: Scan,
    now: OffsetDateTime,
) -> Result<Vec<Attachment>, Problem> {
    let mut kept: Vec<Attachment> = Vec::new();
    for stored in files {
        if kept.iter().all(|other| other.checksum != stored.checksum) {
            kept.push(keep(connection, by, demande, stored, scan, now).await?);
        }
    }
    Ok(kept)
}

impl Stored {
    fn into_attachment(self, application: ApplicationId, field: Option<String>, scan: Scan, now: OffsetDateTime) -> Attachment {
        let id = Uuid::now_v7();
        let Self { object, name, kind, size, checksum } = self;
        Attachment { id, object, line: id, application, field, name, kind, size, checksum, scan, added_at: now }
    }
}

impl Attachment {
    /// For the journal.
    pub(super) fn fact(&self) -> FileFact {
        FileFact { name: self.name.as_str().to_owned(), sha256: self.checksum.to_string() }
    }
}
