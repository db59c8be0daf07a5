//! A password chosen through a link: after a forgotten one, or the first of a member of the team.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    hashing::PasswordHash,
    links::{self, Link, Purpose},
    person::Person,
    store,
};
use crate::{
    journal::{self, Event, Subject},
    notifications::{self, Letter},
    problem::Problem,
    web::session,
};

/// Every link a new password ends.
pub(super) const ENDED_BY_A_PASSWORD: [Purpose; 3] = [Purpose::ConfirmAddress, Purpose::ChoosePassword, Purpose::StaffInvitation];

/// Replaces the password and ends every session; whoever holds the link still has to sign in. None when the link no longer works: of two
/// who use it at once, one succeeds. A link that came by e-mail also proves the address.
///
/// # Errors
/// The database's.
pub async fn choose_password(
    connection: &mut PgConnection,
    link: &Link,
    password: &PasswordHash,
    now: OffsetDateTime,
) -> Result<Option<Person>, Problem> {
    // The account before the link, as everywhere: two acts that need both wait for one another.
    let Some(account) = store::lock_account(connection, link.account).await? else { return Ok(None) };
    if account.is_suspended || !links::take(connection, link.id, now).await? {
        return Ok(None);
    }
    let person = account.person;
    store::save_password(connection, person.account, Some(password)).await?;
    if !account.is_confirmed {
        store::save_confirmed(connection, person.account, now).await?;
        journal::record(connection, &person.as_author(), Subject::account(person.account), &Event::AddressConfirmed, now).await?;
    }
    after_new_password(connection, &person, &format!("link {}", link.id), now).await?;
    Ok(Some(person))
}

/// What every new password entails: no session, no link outlives it, and its owner is told.
pub(super) async fn after_new_password(
    connection: &mut PgConnection,
    person: &Person,
    occasion: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    links::withdraw(connection, person.account, &ENDED_BY_A_PASSWORD, now).await?;
    session::end_all(connection, person.account, None).await?;
    journal::record(connection, &person.as_author(), Subject::account(person.account), &Event::PasswordChanged, now).await?;
    notifications::enqueue(connection, occasion, &person.as_recipient(), &Letter::PasswordChanged { at: now }, now).await
}
