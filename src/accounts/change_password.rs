//! Somebody signed in replaces their password.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    choose_password::after_new_password,
    hashing::{PasswordHash, Verdict},
    limits,
    person::Person,
    sign_in::Compared,
    store,
};
use crate::problem::Problem;

/// Replaces the password, for whoever typed the one in force; ends every session, the page opens a new one. None when it was not the one.
///
/// # Errors
/// The database's.
pub async fn change_password(
    connection: &mut PgConnection,
    compared: Compared,
    password: &PasswordHash,
    now: OffsetDateTime,
) -> Result<Option<Person>, Problem> {
    let Some(person) = recognise(connection, compared).await? else { return Ok(None) };
    store::save_password(connection, person.account, Some(password)).await?;
    after_new_password(connection, &person, &format!("password {}", Uuid::new_v4()), now).await?;
    Ok(Some(person))
}

/// The person whose password was typed again, their account locked; none when it was not the one. A right password is no mistake: the try
/// is given back.
pub(super) async fn recognise(connection: &mut PgConnection, compared: Compared) -> Result<Option<Person>, Problem> {
    let Compared { account: Some(before), verdict, taken, .. } = compared else { return Ok(None) };
    if verdict == Verdict::Wrong {
        return Ok(None);
    }
    let locked = store::lock_account(connection, before.person.account).await?;
    let Some(account) = locked.filter(|account| account.password == before.password && !account.is_suspended) else { return Ok(None) };
    limits::give_back(connection, taken).await?;
    Ok(Some(account.person))
}
