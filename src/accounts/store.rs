//! SQL of accounts.

use sqlx::PgConnection;

use super::person::{EmailAddress, Person, Role};
use crate::{ids::AccountId, problem::Problem};

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
/// x
pub async fn take_kept_form(_: &mut PgConnection, _: AccountId, _: &str) -> Result<Option<crate::fields::Fields>, Problem> {
    Ok(None)
}
