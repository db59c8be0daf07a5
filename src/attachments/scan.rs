//! Act: what the antivirus said of a file is written down.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Scan, store::scan};
use crate::{
    ids::ApplicationId,
    journal::{self, By, Event, Subject},
    problem::Problem,
};

/// Writes down what the antivirus said of an object, once; what it found is a fact of each demande that holds it. Gives back the files it
/// found something in, each with its demande: `applications` tells whoever sent them.
///
/// # Errors
/// The database's.
pub async fn hear_antivirus(
    connection: &mut PgConnection,
    object: Uuid,
    said: Scan,
    now: OffsetDateTime,
) -> Result<Vec<(ApplicationId, Uuid)>, Problem> {
    let mut infected = Vec::new();
    for file in scan::save_scan(connection, object, said).await? {
        if said.is_infected() {
            let subject = Subject::application(file.application, file.organisation);
            journal::record(connection, &By::Timer("antivirus"), subject, &Event::FileInfected(file.fact), now).await?;
            infected.push((file.application, file.id));
        }
    }
    Ok(infected)
}
