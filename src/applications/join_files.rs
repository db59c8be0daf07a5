//! Act: files join a step of a demande, or take the place of others.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::edit;
use crate::{
    accounts::Applicant,
    attachments::{self, MOST_IN_A_FIELD, Scan, Stored},
    fields::Field,
    ids::ApplicationId,
    problem::Problem,
};

/// A stored file and where it goes.
#[derive(Clone, Debug)]
pub struct Joining {
    /// Its field.
    pub field: Field,
    /// The file of that field whose place it takes.
    pub replaces: Option<Uuid>,
    /// The file.
    pub stored: Stored,
}

/// Joins stored files, each to its field; gives back a sentence for each of those for which no place is left: the others are joined.
///
/// # Errors
/// [`Problem::NotPossible`] when the demande can no longer be edited; the database's.
pub async fn join_files(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    files: Vec<Joining>,
    scan: Scan,
    now: OffsetDateTime,
) -> Result<Vec<(Field, String)>, Problem> {
    let mut without_a_place = Vec::new();
    if files.is_empty() {
        return Ok(without_a_place);
    }
    let application = edit::lock(connection, by, id).await?;
    let (person, place) = (by.person(), (application.id, application.organisation));
    for Joining { field, replaces, stored } in files {
        let replaced = match replaces {
            Some(old) => attachments::replace(connection, person, place, old, stored.clone(), scan, now).await?,
            None => None,
        };
        if replaced.is_some() {
            continue;
        }
        let name = stored.name.clone();
        // What it was to replace was taken away meanwhile: it joins the others.
        if attachments::attach(connection, person, place, field.name, stored, scan, now).await?.is_none() {
            without_a_place.push((field, format!(
                "«\u{a0}{name}\u{a0}» n’a pas été joint\u{a0}: il y a déjà {MOST_IN_A_FIELD} fichiers. Retirez-en un ou remplacez-le, puis recommencez."
            )));
        }
    }
    Ok(without_a_place)
}
