//! SQL of accounts.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    account::{Account, NewAccount},
    hashing::PasswordHash,
    person::{EmailAddress, Person},
    role::Role,
};
use crate::{ids::AccountId, problem::Problem};

pub(super) mod visitor;

struct PersonRow {
    id: i64,
    email: String,
    given_name: String,
    family_name: String,
    job_title: String,
    phone: String,
    roles: Vec<String>,
}

impl TryFrom<PersonRow> for Person {
    type Error = Problem;

    fn try_from(row: PersonRow) -> Result<Self, Problem> {
        Ok(Self {
            account: AccountId(row.id),
            email: EmailAddress::parse(&row.email).map_err(anyhow::Error::from)?,
            given_name: row.given_name,
            family_name: row.family_name,
            job_title: row.job_title,
            phone: row.phone,
            roles: row.roles.iter().filter_map(|role| role.parse().ok()).collect(),
        })
    }
}

/// Somebody with an open account: confirmed, neither closed nor suspended.
///
/// # Errors
/// The database's.
pub async fn find_person(connection: &mut PgConnection, account: AccountId) -> Result<Option<Person>, Problem> {
    sqlx::query_as!(
        PersonRow,
        r#"select id, email, given_name, family_name, job_title, phone,
            array(select role from account_roles where account_id = id order by role) as "roles!"
        from accounts
        where id = $1 and confirmed_at is not null and closed_at is null and disabled_at is null"#,
        account.0
    )
    .fetch_optional(connection)
    .await?
    .map(Person::try_from)
    .transpose()
}

/// Everybody who has a role and an open account.
///
/// # Errors
/// The database's.
pub async fn find_by_role(connection: &mut PgConnection, role: Role) -> Result<Vec<Person>, Problem> {
    sqlx::query_as!(
        PersonRow,
        r#"select id, email, given_name, family_name, job_title, phone,
            array(select role from account_roles where account_id = id order by role) as "roles!"
        from accounts
        where id in (select account_id from account_roles where role = $1)
            and confirmed_at is not null and closed_at is null and disabled_at is null
        order by id"#,
        role.to_string()
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Person::try_from)
    .collect()
}

struct AccountRow {
    id: i64,
    email: String,
    given_name: String,
    family_name: String,
    job_title: String,
    phone: String,
    roles: Vec<String>,
    password_hash: Option<String>,
    confirmed_at: Option<OffsetDateTime>,
    disabled_at: Option<OffsetDateTime>,
}

impl TryFrom<AccountRow> for Account {
    type Error = Problem;

    fn try_from(row: AccountRow) -> Result<Self, Problem> {
        Ok(Self {
            password: row.password_hash.map(PasswordHash::from_stored),
            is_confirmed: row.confirmed_at.is_some(),
            is_suspended: row.disabled_at.is_some(),
            person: PersonRow {
                id: row.id,
                email: row.email,
                given_name: row.given_name,
                family_name: row.family_name,
                job_title: row.job_title,
                phone: row.phone,
                roles: row.roles,
            }
            .try_into()?,
        })
    }
}

/// The account of an address, closed ones left out.
///
/// # Errors
/// The database's.
pub async fn find_account_by_email(connection: &mut PgConnection, email: &EmailAddress) -> Result<Option<Account>, Problem> {
    sqlx::query_as!(
        AccountRow,
        r#"select id, email, given_name, family_name, job_title, phone, password_hash, confirmed_at, disabled_at,
            array(select role from account_roles where account_id = id order by role) as "roles!"
        from accounts where email = $1 and closed_at is null"#,
        email.as_str()
    )
    .fetch_optional(connection)
    .await?
    .map(Account::try_from)
    .transpose()
}

/// An account, closed ones left out.
///
/// # Errors
/// The database's.
pub async fn find_account(connection: &mut PgConnection, account: AccountId) -> Result<Option<Account>, Problem> {
    sqlx::query_as!(
        AccountRow,
        r#"select id, email, given_name, family_name, job_title, phone, password_hash, confirmed_at, disabled_at,
            array(select role from account_roles where account_id = id order by role) as "roles!"
        from accounts where id = $1 and closed_at is null"#,
        account.0
    )
    .fetch_optional(connection)
    .await?
    .map(Account::try_from)
    .transpose()
}

/// As [`find_account`], and nobody else changes it before the transaction ends.
///
/// # Errors
/// The database's.
pub async fn lock_account(connection: &mut PgConnection, account: AccountId) -> Result<Option<Account>, Problem> {
    sqlx::query_scalar!("select id from accounts where id = $1 for update", account.0).fetch_optional(&mut *connection).await?;
    find_account(connection, account).await
}

/// Adds an account; none when the address has one, even if it was made a moment ago in another transaction.
///
/// # Errors
/// The database's.
pub async fn add_account(
    connection: &mut PgConnection,
    account: &NewAccount<'_>,
    now: OffsetDateTime,
) -> Result<Option<AccountId>, Problem> {
    let id = sqlx::query_scalar!(
        "insert into accounts (email, given_name, family_name, job_title, phone, password_hash, created_at, confirmed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict on constraint accounts_email_is_unique do nothing
         returning id",
        account.email.as_str(),
        account.given_name,
        account.family_name,
        account.job_title,
        account.phone,
        account.password.map(PasswordHash::as_str),
        now,
        account.is_confirmed.then_some(now)
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(AccountId))
}

/// Gives a role; false when the person had it.
///
/// # Errors
/// The database's.
pub async fn add_role(connection: &mut PgConnection, account: AccountId, role: Role, now: OffsetDateTime) -> Result<bool, Problem> {
    let added = sqlx::query!(
        "insert into account_roles (account_id, role, granted_at) values ($1, $2, $3)
         on conflict on constraint account_roles_pkey do nothing",
        account.0,
        role.to_string(),
        now
    )
    .execute(connection)
    .await?
    .rows_affected();
    Ok(added > 0)
}

/// The address is theirs.
///
/// # Errors
/// The database's.
pub async fn save_confirmed(connection: &mut PgConnection, account: AccountId, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update accounts set confirmed_at = $2 where id = $1 and confirmed_at is null", account.0, now)
        .execute(connection)
        .await?;
    Ok(())
}

/// Replaces the stored password; none lets nobody in until one is chosen.
///
/// # Errors
/// The database's.
pub async fn save_password(connection: &mut PgConnection, account: AccountId, password: Option<&PasswordHash>) -> Result<(), Problem> {
    sqlx::query!("update accounts set password_hash = $2 where id = $1", account.0, password.map(PasswordHash::as_str))
        .execute(connection)
        .await?;
    Ok(())
}

/// Replaces what a person says of themself.
///
/// # Errors
/// The database's.
pub async fn save_profile(connection: &mut PgConnection, person: &Person) -> Result<(), Problem> {
    sqlx::query!(
        "update accounts set given_name = $2, family_name = $3, job_title = $4, phone = $5 where id = $1",
        person.account.0,
        person.given_name,
        person.family_name,
        person.job_title,
        person.phone
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Erases a person: the number remains, for the journal and for what was decided.
///
/// # Errors
/// The database's.
pub async fn save_closed(connection: &mut PgConnection, account: AccountId, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "update accounts set email = 'closed-' || id || '@closed.invalid', given_name = 'Compte', family_name = 'fermé',
            job_title = '', phone = '', password_hash = null, closed_at = $2
         where id = $1",
        account.0,
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("delete from account_roles where account_id = $1", account.0).execute(&mut *connection).await?;
    sqlx::query!("delete from account_links where account_id = $1", account.0).execute(&mut *connection).await?;
    sqlx::query!("delete from kept_forms where account_id = $1", account.0).execute(connection).await?;
    Ok(())
}

/// Forgets the accounts asked for before that moment that nobody confirmed; how many.
///
/// # Errors
/// The database's.
pub async fn purge_unconfirmed(connection: &mut PgConnection, before: OffsetDateTime) -> Result<u64, Problem> {
    let purged = sqlx::query!(
        "with forgotten as (
            select id from accounts
            where confirmed_at is null and closed_at is null and created_at < $1
                and not exists (select from account_roles where account_id = id)
            for update skip locked
        ), links as (delete from account_links using forgotten where account_id = forgotten.id returning account_links.id)
        delete from accounts using forgotten where accounts.id = forgotten.id",
        before
    )
    .execute(connection)
    .await?
    .rows_affected();
    Ok(purged)
}
