//! SQL of whoever asks for a page.

use sqlx::PgConnection;

use super::PersonRow;
use crate::{accounts::Person, ids::AccountId, problem::Problem};

/// Who asks for a page, and what the menu shows them.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who.
    pub person: Person,
    /// They file for clients: their organisation, where their membership is confirmed, said that it acts for some.
    pub has_clients: bool,
    /// They read the monthly reports of a participant of the experiment.
    pub has_reports: bool,
}

/// As [`super::find_person`], and what the menu shows them: all in one query, since every page asks it. Candidatures are few, and each of the ways
/// to read one has its index: whoever reads none costs three looks at nothing.
///
/// # Errors
/// The database's.
pub async fn find_visitor(connection: &mut PgConnection, account: AccountId) -> Result<Option<Visitor>, Problem> {
    let row = sqlx::query!(
        r#"select id, email, given_name, family_name, job_title, phone,
            array(select role from account_roles where account_id = id order by role) as "roles!",
            exists (select from memberships join representations on vendor_id = organisation_id
                where memberships.account_id = accounts.id and verified_at is not null) as "has_clients!",
            exists (select from (
                    select id from applications where kind = 'experiment' and arrival_rank is not null and applicant_id = accounts.id
                    union all select a.id from memberships m join applications a on a.organisation_id = m.organisation_id
                    where m.account_id = accounts.id and m.verified_at is not null and a.kind = 'experiment' and a.arrival_rank is not null
                    union all select a.id from memberships m join applications a on a.represented_by = m.organisation_id
                    where m.account_id = accounts.id and m.verified_at is not null and a.kind = 'experiment' and a.arrival_rank is not null
                ) as readable join participations on application_id = readable.id) as "has_reports!"
        from accounts
        where id = $1 and confirmed_at is not null and closed_at is null and disabled_at is null"#,
        account.0
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let (given_name, family_name, job_title) = (row.given_name, row.family_name, row.job_title);
        let person = PersonRow { id: row.id, email: row.email, given_name, family_name, job_title, phone: row.phone, roles: row.roles };
        Ok(Visitor { person: Person::try_from(person)?, has_clients: row.has_clients, has_reports: row.has_reports })
    })
    .transpose()
}
