//! Act: keep what is typed of a report, with its files, until it is sent.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Month,
    send::lock,
    store::drafts::{self, Draft},
};
use crate::{
    accounts::Applicant,
    attachments::{self, MOST_IN_A_FIELD, Scan, Stored},
    ids::ApplicationId,
    problem::Problem,
};

/// What is to be kept.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The form.
    pub fields: Value,
    /// The revision it was written over; 0 when there was none.
    pub seen: i32,
    /// Files that have just come, in the storage already.
    pub files: Vec<Stored>,
    /// What is known of them.
    pub scan: Scan,
    /// A file that waits and is to go.
    pub removed: Option<Uuid>,
}

/// What became of it.
#[derive(Clone, Debug)]
pub enum Keeping {
    /// It is kept.
    Kept(Draft),
    /// Somebody kept something else meanwhile: theirs stands, what was typed was given back.
    Overtaken(Draft),
}

/// Keeps what was typed, whatever it is worth; files come with it or go, and are never lost to a mistake elsewhere in the form. Beyond six, those
/// that come too late are left out: how many, in the second place.
///
/// # Errors
/// The database's.
pub async fn keep_draft(
    connection: &mut PgConnection,
    by: &Applicant,
    application: ApplicationId,
    month: Month,
    typed: Typed,
    now: OffsetDateTime,
) -> Result<(Keeping, usize), Problem> {
    let participation = lock(connection, application).await?;
    let mut waiting = drafts::find_files(connection, application, month).await?;
    if let Some(file) = typed.removed.and_then(|id| waiting.iter().position(|file| file.id == id)).map(|at| waiting.remove(at))
        && drafts::remove_file(connection, application, month, file.id).await?
    {
        attachments::forget(connection, by.person(), participation.organisation, &file, now).await?;
    }
    let mut left_out = 0;
    for stored in typed.files {
        // A browser that got no answer sends its file again.
        if waiting.iter().any(|file| file.checksum == stored.checksum) {
            continue;
        }
        if waiting.len() == MOST_IN_A_FIELD {
            left_out += 1;
            continue;
        }
        let demande = (application, participation.organisation);
        for file in attachments::keep_all(connection, by.person(), demande, vec![stored], typed.scan, now).await? {
            drafts::add_file(connection, application, month, file.id).await?;
            waiting.push(file);
        }
    }
    let is_kept = drafts::save(connection, by, (application, month), (&typed.fields, typed.seen), now).await?;
    let draft = drafts::find(connection, application, month).await?.ok_or(Problem::NotFound)?;
    Ok((if is_kept { Keeping::Kept(draft) } else { Keeping::Overtaken(draft) }, left_out))
}
