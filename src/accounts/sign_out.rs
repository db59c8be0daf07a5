//! Somebody leaves.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::person::Person;
use crate::{
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Writes down that somebody left; the page ends their session.
///
/// # Errors
/// The database's.
pub async fn sign_out(connection: &mut PgConnection, person: &Person, now: OffsetDateTime) -> Result<(), Problem> {
    journal::record(connection, &person.as_author(), Subject::account(person.account), &Event::SignedOut, now).await
}
