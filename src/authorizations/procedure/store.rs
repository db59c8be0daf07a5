//! SQL of procedures.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::{Ground, Measure, Observation, Opening, Procedure, Ruled, Ruling, Verdict};
use crate::{
    accounts::{Applicant, Reviewer},
    ids::{AccountId, AuthorizationId},
    notifications::Author,
    problem::Problem,
};

/// The procedures about a right, the last first.
///
/// # Errors
/// The database's.
pub async fn find_procedures(connection: &mut PgConnection, right: AuthorizationId) -> Result<Vec<Procedure>, Problem> {
    let rows = sqlx::query!(
        r#"select p.id, p.measure, p.ground, p.facts, p.urgency, p.observations_until, p.opened_by, p.author_name, p.author_quality,
            p.author_service, p.opened_at, r.outcome as "outcome?", r.reasons as "reasons?", r.suspended_until, r.author_name as "ruled_by?",
            r.author_quality as "ruled_as?", r.author_service as "ruled_for?", r.decided_at as "decided_at?"
        from procedures p left join rulings r on r.procedure_id = p.id where p.authorization_id = $1 order by p.id desc"#,
        right.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut procedures = Vec::new();
    for row in rows {
        let ruling = match (row.outcome, row.reasons, row.ruled_by, row.ruled_as, row.ruled_for, row.decided_at) {
            (Some(outcome), Some(reasons), Some(name), Some(quality), Some(service), Some(decided_at)) => Some(Ruling {
                outcome: outcome.parse::<Ruled>().map_err(anyhow::Error::from)?,
                reasons,
                suspended_until: row.suspended_until,
                author: Author { name, quality, service },
                decided_at,
            }),
            _ => None,
        };
        procedures.push(Procedure {
            id: row.id,
            measure: row.measure.parse::<Measure>().map_err(anyhow::Error::from)?,
            ground: row.ground.parse::<Ground>().map_err(anyhow::Error::from)?,
            facts: row.facts,
            urgency: row.urgency,
            observations_until: row.observations_until,
            opened_by: AccountId(row.opened_by),
            author: Author { name: row.author_name, quality: row.author_quality, service: row.author_service },
            opened_at: row.opened_at,
            observations: find_observations(connection, row.id).await?,
            ruling,
        });
    }
    Ok(procedures)
}

async fn find_observations(connection: &mut PgConnection, procedure: i64) -> Result<Vec<Observation>, Problem> {
    let rows = sqlx::query!("select body, author_name, given_at from observations where procedure_id = $1 order by id", procedure)
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| Observation { body: row.body, author: row.author_name, given_at: row.given_at }).collect())
}

pub(super) async fn add(
    connection: &mut PgConnection,
    by: &Reviewer,
    right: AuthorizationId,
    opening: &Opening,
    author: &Author,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into procedures (authorization_id, measure, ground, facts, urgency, observations_until, opened_by, author_name, author_quality,
            author_service, opened_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        right.0,
        opening.measure.to_string(),
        opening.ground.to_string(),
        opening.facts,
        opening.urgency,
        opening.observations_until,
        by.person().account.0,
        author.name,
        author.quality,
        author.service,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn add_observation(
    connection: &mut PgConnection,
    by: &Applicant,
    procedure: i64,
    body: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into observations (procedure_id, body, given_by, author_name, given_at) values ($1, $2, $3, $4, $5)",
        procedure,
        body,
        by.person().account.0,
        by.person().full_name(),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes how a procedure ends, and ends it: the database refuses a second ruling.
pub(super) async fn add_ruling(
    connection: &mut PgConnection,
    by: &Reviewer,
    procedure: &Procedure,
    verdict: &Verdict,
    author: &Author,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into rulings (procedure_id, outcome, reasons, suspended_until, opened_by, decided_by, author_name, author_quality, author_service,
            decided_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        procedure.id,
        verdict.outcome.to_string(),
        verdict.reasons,
        verdict.suspended_until,
        procedure.opened_by.0,
        by.person().account.0,
        author.name,
        author.quality,
        author.service,
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("update procedures set ended_at = $2 where id = $1", procedure.id, now).execute(connection).await?;
    Ok(())
}

/// Suspended rights whose last day has passed, locked; those another worker holds are left to it.
pub(super) async fn lock_to_restore(connection: &mut PgConnection, today: Date) -> Result<Vec<AuthorizationId>, Problem> {
    let rights = sqlx::query_scalar!(
        "select id from authorizations where state = 'suspended' and suspended_until < $1 order by id limit 100 for update skip locked",
        today
    )
    .fetch_all(connection)
    .await?;
    Ok(rights.into_iter().map(AuthorizationId).collect())
}
