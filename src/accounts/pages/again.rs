//! The password of somebody already known, typed again before an act that matters.

use time::OffsetDateTime;

use crate::{
    AppState,
    accounts::{
        TypedPassword, limits,
        limits::Wait,
        sign_in::{Compared, stored_password},
        store,
    },
    ids::AccountId,
    problem::Problem,
};

/// Counts the try, then compares the password; holds no connection meanwhile.
pub(super) async fn compare(
    state: &AppState,
    account: AccountId,
    typed: TypedPassword,
    now: OffsetDateTime,
) -> Result<Result<Compared, Wait>, Problem> {
    let mut transaction = state.db.begin().await?;
    let account_found = store::find_account(&mut transaction, account).await?;
    let taken = match limits::take(&mut transaction, limits::on_confirmation(account, now)).await? {
        Ok(taken) => taken,
        Err(wait) => return Ok(Err(wait)),
    };
    transaction.commit().await?;
    let length = typed.length();
    let verdict = state.passwords.verify(typed, stored_password(account_found.as_ref())).await?;
    Ok(Ok(Compared { account: account_found, verdict, length, taken }))
}

/// Reads a password field that must not be empty.
///
/// # Errors
/// The sentence to show.
pub(super) fn read(typed: &str) -> Result<TypedPassword, &'static str> {
    let typed = TypedPassword::read(typed);
    if typed.is_empty() { Err("Saisissez votre mot de passe.") } else { Ok(typed) }
}
