//! SQL of whoever asks for a page.

use sqlx::PgConnection;

use super::PersonRow;
use crate::{accounts::Person, ids::AccountId, problem::Problem};

/// As [`super::find_person`], and whether they file for clients: their organisation, where their membership is confirmed, said that it acts for some.
///
/// # Errors
/// The database's.
pub async fn find_visitor(connection: &mut PgConnection, account: AccountId) -> Result<Option<(Person, bool)>, Problem> {
    let row = sqlx::query!(
        r#"select id, email, given_name, family_name, job_title, phone,
            array(select role from account_roles where account_id = id order by role) as "roles!",
            exists (select from memberships join representations on vendor_id = organisation_id
                where memberships.account_id = accounts.id and verified_at is not null) as "has_clients!"
        from accounts
        where id = $1 and confirmed_at is not null and closed_at is null and disabled_at is null"#,
        account.0
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let (given_name, family_name, job_title) = (row.given_name, row.family_name, row.job_title);
        let person = PersonRow { id: row.id, email: row.email, given_name, family_name, job_title, phone: row.phone, roles: row.roles };
        Ok((Person::try_from(person)?, row.has_clients))
    })
    .transpose()
}
