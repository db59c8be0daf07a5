//! The register is heard about a number, or is away.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Answer, Siret, lookup, store};
use crate::{
    journal::{self, By, Event, Subject},
    problem::Problem,
};

/// Brings the organisation of that number up to date with what the register says; a register that is away is asked again later, and what it
/// told before stays, with its date. Hearing the same twice changes nothing.
///
/// # Errors
/// The database's.
pub async fn hear(connection: &mut PgConnection, siret: &Siret, answer: &Answer, now: OffsetDateTime) -> Result<(), Problem> {
    if let Answer::Known(entity) = answer {
        if entity.name.is_none() {
            store::save_disclosure(connection, siret, entity.partial_disclosure).await?;
        } else if let Some(organisation) = store::refresh(connection, entity).await? {
            let event = Event::OrganisationRefreshed { siret: siret.as_str().to_owned(), source: entity.source.to_string() };
            journal::record(connection, &By::Timer("lecture du registre"), Subject::organisation(organisation), &event, now).await?;
        }
    }
    lookup::store::note(connection, siret, answer, now).await
}
