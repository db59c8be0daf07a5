//! SQL of the reasons of implicit rejections.

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::reasons::{Answer, Reasons};
use crate::{
    accounts::{Applicant, Reviewer},
    ids::ApplicationId,
    notifications::Author,
    problem::Problem,
};

/// A demande whose applicant waits for reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitedReasons {
    /// D12.
    pub application: ApplicationId,
    /// Its organisation, as the version rejected names it.
    pub organisation: String,
    /// Its service.
    pub service: String,
    /// What was asked.
    pub reasons: Reasons,
    /// Who answers for the dossier, if anybody took it.
    pub owner: Option<String>,
}

impl AwaitedReasons {
    /// Whether the month has passed.
    pub fn is_late(&self, today: Date) -> bool {
        self.reasons.is_late(today)
    }
}

/// The reasons asked of what silence rejected, and the answer.
///
/// # Errors
/// The database's.
pub async fn find_reasons(connection: &mut PgConnection, id: ApplicationId, version: i32) -> Result<Option<Reasons>, Problem> {
    let row = sqlx::query!(
        r#"select request.asked_at, answer.in_law as "in_law?", answer.in_fact as "in_fact?", answer.author_name as "name?",
            answer.author_quality as "quality?", answer.author_service as "service?", answer.answered_at as "at?"
        from reason_requests request left join reason_answers answer using (application_id, version)
        where application_id = $1 and version = $2"#,
        id.0,
        version
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| {
        let answer = match (row.in_law, row.in_fact, row.name, row.quality, row.service, row.at) {
            (Some(in_law), Some(in_fact), Some(name), Some(quality), Some(service), Some(at)) => {
                Some(Answer { in_law, in_fact, author: Author { name, quality, service }, at })
            }
            _ => None,
        };
        Reasons { asked_at: row.asked_at, answer }
    }))
}

/// Reasons that were asked and not given, the first asked first.
///
/// # Errors
/// The database's.
pub async fn find_awaited_reasons(connection: &mut PgConnection, most: i64) -> Result<Vec<AwaitedReasons>, Problem> {
    let rows = sqlx::query!(
        r#"select request.application_id as id, request.asked_at, version.organisation ->> 'name' as "organisation!",
            version.content #>> '{service,name}' as "service!", owner.given_name || ' ' || owner.family_name as owner
        from reason_requests request
            join application_versions version on version.application_id = request.application_id and version.number = request.version
            join applications a on a.id = request.application_id
            left join accounts owner on owner.id = a.assigned_to
        where not exists (
            select from reason_answers where application_id = request.application_id and version = request.version)
        order by request.asked_at, request.application_id limit $1"#,
        most
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| AwaitedReasons {
            application: ApplicationId(row.id),
            organisation: row.organisation,
            service: row.service,
            reasons: Reasons { asked_at: row.asked_at, answer: None },
            owner: row.owner,
        })
        .collect())
}

/// Writes down that they are asked.
///
/// # Errors
/// The database's.
pub(super) async fn add_request(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    version: i32,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into reason_requests (application_id, version, asked_by, asked_at) values ($1, $2, $3, $4)",
        id.0,
        version,
        by.person().account.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes them down.
///
/// # Errors
/// The database's.
pub(super) async fn add_answer(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    version: i32,
    answer: &Answer,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into reason_answers
            (application_id, version, in_law, in_fact, answered_by, author_name, author_quality, author_service, answered_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id.0,
        version,
        answer.in_law,
        answer.in_fact,
        by.person().account.0,
        answer.author.name,
        answer.author.quality,
        answer.author.service,
        answer.at
    )
    .execute(connection)
    .await?;
    Ok(())
}
