//! Somebody comes in, once their password has been compared.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    account::{Account, KeptOut},
    hashing::{PasswordHash, Verdict},
    limits::{self, Taken},
    person::Person,
    store,
};
use crate::{
    journal::{self, Event, Subject},
    problem::Problem,
};

/// A password compared outside any transaction: comparing takes longer than a row may be locked.
#[derive(Debug)]
pub struct Compared {
    /// The account whose password it was compared with; none when the address has no account.
    pub account: Option<Account>,
    /// What the comparison said.
    pub verdict: Verdict,
    /// Characters typed.
    pub length: usize,
    /// The try, as counted.
    pub taken: Taken,
}

/// Why somebody does not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSignedIn {
    /// The address or the password is wrong; nobody is told which.
    Wrong,
    /// The password is right, and that is not enough.
    KeptOut(KeptOut),
}

/// Lets somebody in, or says why not. A right password is no mistake: the try is given back.
///
/// # Errors
/// The database's.
pub async fn sign_in(
    connection: &mut PgConnection,
    compared: Compared,
    now: OffsetDateTime,
) -> Result<Result<Person, NotSignedIn>, Problem> {
    let Compared { account: Some(before), verdict, length, taken } = compared else { return Ok(Err(NotSignedIn::Wrong)) };
    let renewed = match verdict {
        Verdict::Wrong => return Ok(Err(NotSignedIn::Wrong)),
        Verdict::Right => None,
        Verdict::RightButOld(renewed) => Some(renewed),
    };
    // Closed, or given another password, while the one typed was being compared.
    let Some(account) = store::lock_account(connection, before.person.account).await?.filter(|account| account.password == before.password)
    else {
        return Ok(Err(NotSignedIn::Wrong));
    };
    limits::give_back(connection, taken).await?;
    if let Err(kept_out) = account.admits(length) {
        return Ok(Err(NotSignedIn::KeptOut(kept_out)));
    }
    if renewed.is_some() {
        store::save_password(connection, account.person.account, renewed.as_ref()).await?;
    }
    journal::record(connection, &account.person.as_author(), Subject::account(account.person.account), &Event::SignedIn, now).await?;
    Ok(Ok(account.person))
}

/// The password to compare with what was typed.
pub fn stored_password(account: Option<&Account>) -> Option<PasswordHash> {
    account.and_then(|account| account.password.clone())
}
