//! The password of somebody already known, typed again before an act that matters.

use time::OffsetDateTime;

use super::waiting;
use crate::{
    AppState,
    accounts::{Compared, TypedPassword, limits, sign_in::stored_password, store},
    ids::AccountId,
    problem::Problem,
};

/// Counts the try, then compares the password; holds no connection meanwhile.
///
/// # Errors
/// [`Problem::TooManyTries`]; the database's.
pub(crate) async fn compare(state: &AppState, account: AccountId, typed: TypedPassword, now: OffsetDateTime) -> Result<Compared, Problem> {
    let mut transaction = state.db.begin().await?;
    let account_found = store::find_account(&mut transaction, account).await?;
    let taken = limits::take(&mut transaction, limits::on_confirmation(account, now)).await?.map_err(|wait| waiting::problem(wait, now))?;
    transaction.commit().await?;
    let length = typed.length();
    let verdict = state.passwords.verify(typed, stored_password(account_found.as_ref())).await?;
    Ok(Compared { account: account_found, verdict, length, taken })
}

/// Reads a password field that must not be empty.
///
/// # Errors
/// The sentence to show.
pub(crate) fn read(typed: &str) -> Result<TypedPassword, &'static str> {
    let typed = TypedPassword::read(typed);
    if typed.is_empty() { Err("Saisissez votre mot de passe.") } else { Ok(typed) }
}
