//! Act: files join a step of a demande.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::edit;
use crate::{
    accounts::Applicant,
    attachments::{self, MOST_IN_A_FIELD, Scan, Stored},
    fields::{Field, Fields},
    ids::ApplicationId,
    problem::Problem,
};

/// Joins stored files, each to its field; those for which no place is left are told beside their field, the others are joined.
///
/// # Errors
/// [`Problem::NotPossible`] when the demande can no longer be edited; the database's.
pub async fn join_files(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    files: Vec<(Field, Stored)>,
    form: &mut Fields,
    scan: Scan,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    if files.is_empty() {
        return Ok(());
    }
    let application = edit::lock(connection, by, id).await?;
    for (field, stored) in files {
        let name = stored.name.clone();
        let place = (application.id, application.organisation);
        if attachments::attach(connection, by, place, field.name, stored, scan, now).await?.is_none() {
            form.refuse(
                field,
                format!(
                    "«\u{a0}{name}\u{a0}» n’a pas été joint : il y a déjà {MOST_IN_A_FIELD} fichiers. Retirez-en un, puis recommencez."
                ),
            );
        }
    }
    Ok(())
}
