//! Somebody asks for an account. Whoever has one already is told by letter; the page says the same to everybody.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    account::{Account, NewAccount},
    create_staff::invite,
    hashing::PasswordHash,
    links::{self, Purpose},
    person::{EmailAddress, Person},
    return_path::ReturnPath,
    store,
};
use crate::{
    journal::{self, Event, Subject},
    notifications::{self, Letter},
    problem::Problem,
};

/// What somebody gives to have an account.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// The address, theirs or not: a link sent there will tell.
    pub email: EmailAddress,
    /// First name.
    pub given_name: String,
    /// Name.
    pub family_name: String,
    /// The password they chose.
    pub password: PasswordHash,
    /// The page they were on their way to: the letter leads back there.
    pub return_to: Option<ReturnPath>,
}

/// Makes an account nobody can open before its address is confirmed. An account asked for again and still unconfirmed takes the last
/// names and password given: whoever opens the link must know that password, so asking with somebody else's address leads nowhere.
///
/// # Errors
/// The database's.
pub async fn sign_up(connection: &mut PgConnection, asked: &SignUp, now: OffsetDateTime) -> Result<(), Problem> {
    let new = NewAccount {
        email: &asked.email,
        given_name: &asked.given_name,
        family_name: &asked.family_name,
        job_title: "",
        phone: "",
        password: Some(&asked.password),
        is_confirmed: false,
    };
    let added = store::add_account(connection, &new, now).await?;
    let Some(account) = lock_by_email(connection, &asked.email).await? else { return Ok(()) };
    let person = account.person;
    if added.is_some() {
        journal::record(connection, &person.as_author(), Subject::account(person.account), &Event::AccountCreated, now).await?;
        return send_confirmation(connection, &person, asked, now).await;
    }
    if account.is_confirmed || account.is_suspended {
        // One such letter an hour: it says all there is to say.
        let occasion = format!("account {} hour {}", person.account, now.unix_timestamp() / 3600);
        return notifications::enqueue(connection, &occasion, &person.as_recipient(), &Letter::AlreadyRegistered, now).await;
    }
    if person.is_staff() {
        invite(connection, &person, now).await?;
        return Ok(());
    }
    let person = Person { given_name: asked.given_name.clone(), family_name: asked.family_name.clone(), ..person };
    store::save_profile(connection, &person).await?;
    store::save_password(connection, person.account, Some(&asked.password)).await?;
    send_confirmation(connection, &person, asked, now).await
}

async fn lock_by_email(connection: &mut PgConnection, email: &EmailAddress) -> Result<Option<Account>, Problem> {
    match store::find_account_by_email(connection, email).await? {
        Some(account) => store::lock_account(connection, account.person.account).await,
        None => Ok(None),
    }
}

async fn send_confirmation(connection: &mut PgConnection, person: &Person, asked: &SignUp, now: OffsetDateTime) -> Result<(), Problem> {
    let link = links::issue(connection, person.account, Purpose::ConfirmAddress, now).await?;
    let return_to = asked.return_to.as_ref().map(|path| path.as_str().to_owned());
    let letter = Letter::ConfirmAddress { link, expires_at: now + Purpose::ConfirmAddress.lasts(), return_to };
    notifications::enqueue(connection, &format!("link {link}"), &person.as_recipient(), &letter, now).await
}
