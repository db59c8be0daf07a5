//! A vendor says that it acts for a client.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Facts, VerifiedMember, find_or_create, membership::store::lock_people_for, representation::store::add_representation, store};
use crate::{
    journal::{self, Event, Subject},
    problem::Problem,
};

/// What became of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// It is written down.
    Now,
    /// It had been, by this person or a colleague.
    Before,
    /// Nobody is their own client.
    Oneself,
}

/// Writes down that the member's organisation acts for the one of these facts. It grants nothing. Declaring twice changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] when their own confirmation was taken back meanwhile; the database's.
pub async fn declare_client(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    facts: &Facts,
    now: OffsetDateTime,
) -> Result<Declared, Problem> {
    lock_people_for(connection, by).await?;
    let siret = facts.entity(now).siret;
    if store::find(connection, by.organisation()).await?.siret == siret {
        return Ok(Declared::Oneself);
    }
    let client = find_or_create(connection, &by.by(), facts, now).await?;
    let declaration = match facts {
        Facts::Declared(declaration) => Some(declaration),
        Facts::Register(_) => None,
    };
    let pair = (by.organisation(), client);
    if add_representation(connection, pair, declaration, by.person().account, now).await?.is_none() {
        return Ok(Declared::Before);
    }
    let event = Event::ClientDeclared { siret: siret.as_str().to_owned() };
    journal::record(connection, &by.by(), Subject::organisation(by.organisation()), &event, now).await?;
    Ok(Declared::Now)
}
