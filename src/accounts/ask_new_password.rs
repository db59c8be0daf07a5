//! Somebody has forgotten their password, or says so.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    links::{self, Purpose},
    person::EmailAddress,
    store,
};
use crate::{
    notifications::{self, Letter},
    problem::Problem,
};

/// Sends a link to choose a new password, if the address has an account; an earlier link stops working. The answer is the same either way.
///
/// # Errors
/// The database's.
pub async fn ask_new_password(connection: &mut PgConnection, email: &EmailAddress, now: OffsetDateTime) -> Result<(), Problem> {
    let Some(found) = store::find_account_by_email(connection, email).await? else { return Ok(()) };
    let Some(account) = store::lock_account(connection, found.person.account).await? else { return Ok(()) };
    if account.is_suspended {
        return Ok(());
    }
    let person = account.person;
    let link = links::issue(connection, person.account, Purpose::ChoosePassword, now).await?;
    let letter = Letter::ChoosePassword { link, expires_at: now + Purpose::ChoosePassword.lasts() };
    notifications::enqueue(connection, &format!("link {link}"), &person.as_recipient(), &letter, now).await
}
