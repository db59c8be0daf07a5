//! Act: what the antivirus said of a file is written down.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Scan, store};
use crate::{
    journal::{self, By, Event, Subject},
    problem::Problem,
};

/// Writes down what the antivirus said of an object, once; what it found is a fact of each demande that holds it.
///
/// # Errors
/// The database's.
pub async fn hear_antivirus(connection: &mut PgConnection, object: Uuid, said: Scan, now: OffsetDateTime) -> Result<(), Problem> {
    for (application, organisation, file) in store::save_scan(connection, object, said).await? {
        if said.is_infected() {
            let subject = Subject::application(application, organisation);
            journal::record(connection, &By::Timer("antivirus"), subject, &Event::FileInfected(file), now).await?;
        }
    }
    Ok(())
}
