//! The link sent at sign-up was opened, by somebody who knows the password chosen then.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    account::KeptOut,
    hashing::Verdict,
    limits,
    links::{self, Purpose},
    person::Person,
    sign_in::{Compared, NotSignedIn},
    store,
};
use crate::{
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Why an address is not confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotConfirmed {
    /// The link no longer works.
    DeadLink,
    /// The link works, the password does not.
    NotSignedIn(NotSignedIn),
}

/// Confirms the address and lets its owner in. The letter alone would not do: somebody may have signed up with an address that is not
/// theirs, and its owner, opening the link, would hand them a confirmed account.
///
/// # Errors
/// The database's.
pub async fn confirm_address(
    connection: &mut PgConnection,
    link: Uuid,
    compared: Compared,
    now: OffsetDateTime,
) -> Result<Result<Person, NotConfirmed>, Problem> {
    let wrong = Ok(Err(NotConfirmed::NotSignedIn(NotSignedIn::Wrong)));
    let Compared { account: Some(before), verdict, taken, .. } = compared else { return wrong };
    if verdict == Verdict::Wrong {
        return wrong;
    }
    let locked = store::lock_account(connection, before.person.account).await?;
    let Some(account) = locked.filter(|account| account.password == before.password) else { return wrong };
    limits::give_back(connection, taken).await?;
    if account.is_suspended {
        return Ok(Err(NotConfirmed::NotSignedIn(NotSignedIn::KeptOut(KeptOut::Suspended))));
    }
    if !links::take(connection, link, now).await? {
        return Ok(Err(NotConfirmed::DeadLink));
    }
    let (person, about) = (account.person, Subject::account(before.person.account));
    store::save_confirmed(connection, person.account, now).await?;
    links::withdraw(connection, person.account, &[Purpose::ConfirmAddress], now).await?;
    journal::record(connection, &person.as_author(), about, &Event::AddressConfirmed, now).await?;
    journal::record(connection, &person.as_author(), about, &Event::SignedIn, now).await?;
    Ok(Ok(person))
}
