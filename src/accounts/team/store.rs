//! SQL of the team.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::member::{Access, Member};
use crate::{
    accounts::{Administrator, EmailAddress, Person, Role},
    ids::AccountId,
    problem::Problem,
};

struct MemberRow {
    id: i64,
    email: String,
    given_name: String,
    family_name: String,
    job_title: String,
    phone: String,
    roles: Vec<String>,
    can_sign_in: bool,
    disabled_at: Option<OffsetDateTime>,
}

impl TryFrom<MemberRow> for Member {
    type Error = Problem;

    fn try_from(row: MemberRow) -> Result<Self, Problem> {
        let access = match row.disabled_at {
            Some(at) => Access::Suspended(at),
            None if row.can_sign_in => Access::Open,
            None => Access::Invited,
        };
        let person = Person {
            account: AccountId(row.id),
            email: EmailAddress::parse(&row.email).map_err(anyhow::Error::from)?,
            given_name: row.given_name,
            family_name: row.family_name,
            job_title: row.job_title,
            phone: row.phone,
            roles: row.roles.iter().filter_map(|role| role.parse().ok()).collect(),
        };
        Ok(Self { person, access })
    }
}

/// Everybody with a role, by name; those who are suspended last.
///
/// # Errors
/// The database's.
pub async fn find_team(connection: &mut PgConnection) -> Result<Vec<Member>, Problem> {
    find(connection, None).await
}

/// Somebody of the team.
///
/// # Errors
/// [`Problem::NotFound`] for anybody else; the database's.
pub async fn find_member(connection: &mut PgConnection, account: AccountId) -> Result<Member, Problem> {
    find(connection, Some(account)).await?.pop().ok_or(Problem::NotFound)
}

async fn find(connection: &mut PgConnection, account: Option<AccountId>) -> Result<Vec<Member>, Problem> {
    sqlx::query_as!(
        MemberRow,
        r#"select id, email, given_name, family_name, job_title, phone,
            array(select role from account_roles where account_id = id order by role) as "roles!",
            confirmed_at is not null and password_hash is not null as "can_sign_in!", disabled_at
        from accounts
        where id in (select account_id from account_roles) and closed_at is null and ($1::bigint is null or id = $1)
        order by disabled_at is not null, family_name, given_name, id"#,
        account.map(|account| account.0)
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Member::try_from)
    .collect()
}

/// Makes administrators who change the team wait for one another, and lets only somebody who still is one go on. The lock is the journal's:
/// rows are locked before it, as in every act.
///
/// # Errors
/// [`Problem::Forbidden`] when their role was taken back meanwhile; the database's.
pub(super) async fn lock_as_administrator(connection: &mut PgConnection, by: &Administrator) -> Result<(), Problem> {
    if lock_administrators(connection).await?.contains(&by.person().account.0) {
        Ok(())
    } else {
        Err(Problem::Forbidden("Vous n’êtes plus administrateur : votre rôle vient d’être retiré. Rien n’a été fait.".into()))
    }
}

/// Refuses, with its sentence, what would leave the team without an administrator; the trigger of the table refuses it as well.
///
/// # Errors
/// [`Problem::NotPossible`]; the database's.
pub(super) async fn keep_an_administrator(connection: &mut PgConnection, but: AccountId) -> Result<(), Problem> {
    if lock_other_administrators(connection, but).await? {
        Ok(())
    } else {
        Err(Problem::not_possible("C’est le dernier administrateur : donnez d’abord ce rôle à quelqu’un d’autre. Rien n’a été changé."))
    }
}

/// Whether somebody else manages the team; none of them stops doing so before the transaction ends.
///
/// # Errors
/// The database's.
pub async fn lock_other_administrators(connection: &mut PgConnection, but: AccountId) -> Result<bool, Problem> {
    Ok(lock_administrators(connection).await?.iter().any(|account| *account != but.0))
}

/// The administrators who may sign in, once whoever was changing them is done.
async fn lock_administrators(connection: &mut PgConnection) -> Result<Vec<i64>, Problem> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('journal'))").fetch_one(&mut *connection).await?;
    let accounts = sqlx::query_scalar!(
        "select account_id from account_roles join accounts on accounts.id = account_id
        where role = 'admin' and confirmed_at is not null and closed_at is null and disabled_at is null"
    )
    .fetch_all(connection)
    .await?;
    Ok(accounts)
}

/// Takes a role back.
///
/// # Errors
/// The database's.
pub(super) async fn remove_role(connection: &mut PgConnection, account: AccountId, role: Role) -> Result<(), Problem> {
    sqlx::query!("delete from account_roles where account_id = $1 and role = $2", account.0, role.to_string()).execute(connection).await?;
    Ok(())
}

/// Suspends an account at that moment, or opens it again.
///
/// # Errors
/// The database's.
pub(super) async fn save_suspended(connection: &mut PgConnection, account: AccountId, at: Option<OffsetDateTime>) -> Result<(), Problem> {
    sqlx::query!("update accounts set disabled_at = $2 where id = $1", account.0, at).execute(connection).await?;
    Ok(())
}
