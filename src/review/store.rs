//! SQL of the queue and of decisions.

use sqlx::{PgConnection, Postgres, QueryBuilder, Row};

use super::{
    decision::{Decision, Outcome},
    ground::Ground,
    queue::{Filter, Found, Search},
};
use crate::{
    accounts::Reviewer,
    applications::{Kind, State},
    ids::ApplicationId,
    notifications::Author,
    problem::Problem,
};

/// Rows on one page of the queue.
pub(super) const PAGE: usize = 50;

/// A page of the queue, the oldest first; one row more than a page means that more follow.
///
/// # Errors
/// The database's.
pub async fn find_queue(connection: &mut PgConnection, filter: &Filter) -> Result<Vec<Found>, Problem> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select a.id, a.kind, v.organisation ->> 'name' as name, a.service_name, a.state, a.version, a.received_at, a.arrival_rank
        from applications a join organisations o on o.id = a.organisation_id
            join application_versions v on v.application_id = a.id and v.number = a.version
        where a.received_at is not null",
    );
    if let Some(state) = filter.preset.state() {
        query.push(" and a.state = ").push_bind(state.to_string());
    }
    match &filter.search {
        Search::Nothing => {}
        Search::Number(id) => drop(query.push(" and a.id = ").push_bind(id.0)),
        Search::Siret(siret) => drop(query.push(" and o.siret = ").push_bind(siret.clone())),
        Search::Siren(siren) => drop(query.push(" and o.siren = ").push_bind(siren.clone())),
        Search::Words(words) => {
            let pattern = format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
            query.push(" and (folded(v.organisation ->> 'name') like folded(").push_bind(pattern.clone());
            query.push(") or folded(a.service_name) like folded(").push_bind(pattern).push("))");
        }
    }
    if let Some(after) = filter.after {
        query.push(" and (a.received_at, a.id) > (select received_at, id from applications where id = ").push_bind(after.0).push(")");
    }
    query.push(" order by a.received_at, a.id limit ").push_bind(i64::try_from(PAGE + 1).unwrap_or(i64::MAX));
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(Found {
                id: ApplicationId(row.try_get("id")?),
                kind: row.try_get::<String, _>("kind")?.parse::<Kind>().map_err(anyhow::Error::from)?,
                organisation: row.try_get("name")?,
                service_name: row.try_get("service_name")?,
                state: row.try_get::<String, _>("state")?.parse::<State>().map_err(anyhow::Error::from)?,
                version: row.try_get("version")?,
                received_at: row.try_get("received_at")?,
                arrival_rank: row.try_get("arrival_rank")?,
            })
        })
        .collect()
}

/// How many received demandes stand in each state.
///
/// # Errors
/// The database's.
pub async fn count_by_state(connection: &mut PgConnection) -> Result<Vec<(State, i64)>, Problem> {
    let rows = sqlx::query!(r#"select state, count(*) as "count!" from applications where received_at is not null group by state"#)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(|row| Ok((row.state.parse::<State>().map_err(anyhow::Error::from)?, row.count))).collect()
}

/// Writes a decision on the current version. A version is decided once: the database refuses a second decision.
///
/// # Errors
/// The database's.
pub(super) async fn add_decision(
    connection: &mut PgConnection,
    by: &Reviewer,
    application: ApplicationId,
    decision: &Decision,
) -> Result<i64, Problem> {
    let id = sqlx::query_scalar!(
        "insert into decisions
            (application_id, version, outcome, ground, message, decided_by, author_name, author_quality, author_service, decided_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id",
        application.0,
        decision.version,
        decision.outcome.to_string(),
        decision.ground.map(|ground| ground.to_string()),
        decision.message,
        by.person().account.0,
        decision.author.name,
        decision.author.quality,
        decision.author.service,
        decision.decided_at
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// The last decision on a demande.
///
/// # Errors
/// The database's.
pub async fn find_last_decision(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<Decision>, Problem> {
    let row = sqlx::query!(
        "select version, outcome, ground, message, author_name, author_quality, author_service, decided_at
        from decisions where application_id = $1 order by version desc limit 1",
        id.0
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Decision {
            version: row.version,
            outcome: row.outcome.parse::<Outcome>().map_err(anyhow::Error::from)?,
            ground: row.ground.map(|ground| ground.parse::<Ground>()).transpose().map_err(anyhow::Error::from)?,
            message: row.message,
            author: Author { name: row.author_name, quality: row.author_quality, service: row.author_service },
            decided_at: row.decided_at,
        })
    })
    .transpose()
}

/// Whether the applicant was ever asked to change or complete the demande.
///
/// # Errors
/// The database's.
pub(super) async fn were_changes_requested(connection: &mut PgConnection, id: ApplicationId) -> Result<bool, Problem> {
    let asked = sqlx::query_scalar!(
        r#"select exists (select from decisions where application_id = $1 and outcome = 'changes_requested') as "asked!""#,
        id.0
    )
    .fetch_one(connection)
    .await?;
    Ok(asked)
}
