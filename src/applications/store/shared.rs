//! SQL of the demandes of others that a person has something to do with.

use sqlx::PgConnection;

use super::ApplicationRow;
use crate::{
    accounts::Person,
    applications::{
        dashboard::Listed,
        tie::{Tie, Tied},
    },
    problem::Problem,
};

/// The demandes of others that a person fills with them, is named in, or may take over; the most recent first, none from the bin. Named: in the last
/// submitted version, by the address of their account. To be taken over: filed by an organisation they are a verified member of, when whoever
/// filed it has closed their account or no longer belongs there.
///
/// # Errors
/// The database's.
pub async fn find_tied(connection: &mut PgConnection, person: &Person) -> Result<Vec<Tied>, Problem> {
    let rows = sqlx::query!(
        r#"with tied as (
            select application_id, 'fills' as tie from invitations
            where purpose = 'fill' and answered_by = $1 and accepted_at is not null and ended_at is null
            union all
            select v.application_id, 'is_named' from application_versions v
            join applications on applications.id = v.application_id and applications.version = v.number
            where v.content #>> '{contacts,data_controller,email}' = $2
                or v.content #>> '{contacts,data_protection_officer,email}' = $2
                or v.content #>> '{contacts,technical_contact,email}' = $2
            union all
            select applications.id, 'may_take_over' from memberships mine
            join applications on coalesce(applications.represented_by, applications.organisation_id) = mine.organisation_id
            join accounts author on author.id = applications.applicant_id
            left join memberships theirs on theirs.organisation_id = mine.organisation_id and theirs.account_id = author.id
            where mine.account_id = $1 and mine.verified_at is not null and applications.state <> 'withdrawn'
                and (author.closed_at is not null or theirs.account_id is null or theirs.withdrawn_at is not null)
        )
        select tie as "tie!", a.id, a.kind, a.campaign_id, a.organisation_id, a.represented_by, a.applicant_id, a.state, a.service_name, a.created_at,
            a.updated_at, a.received_at, a.version, a.arrival_rank, a.reopened_from,
            organisation_named_by($1, a.organisation_id, a.represented_by) as "name!",
            p.given_name || ' ' || p.family_name as "author!"
        from tied join applications a on a.id = tied.application_id
        join accounts p on p.id = a.applicant_id
        where a.applicant_id <> $1 and a.state <> 'deleted'
        order by a.updated_at desc, a.id desc"#,
        person.account.0,
        person.email.as_str()
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let application = ApplicationRow {
                id: row.id,
                kind: row.kind,
                campaign_id: row.campaign_id,
                organisation_id: row.organisation_id,
                represented_by: row.represented_by,
                applicant_id: row.applicant_id,
                state: row.state,
                service_name: row.service_name,
                created_at: row.created_at,
                updated_at: row.updated_at,
                received_at: row.received_at,
                version: row.version,
                arrival_rank: row.arrival_rank,
                reopened_from: row.reopened_from,
            };
            let listed = Listed { application: application.try_into()?, organisation: row.name, colleague: Some(row.author) };
            Ok(Tied { tie: row.tie.parse::<Tie>().map_err(anyhow::Error::from)?, listed })
        })
        .collect()
}
