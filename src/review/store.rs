//! SQL of the queue and of decisions.

use sqlx::{PgConnection, Postgres, QueryBuilder, Row};
use time::OffsetDateTime;

use super::{
    decision::{Decision, Outcome},
    delay::{self, Waits},
    ground::Ground,
    queue::{Filter, Found},
};
use crate::{
    accounts::Reviewer,
    applications::{Kind, Reach, State, push_search},
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
    push_search(&mut query, &filter.search, Reach::Documents);
    if let Some(after) = filter.after {
        query.push(" and (a.received_at, a.id) > (select received_at, id from applications where id = ").push_bind(after.0).push(")");
    }
    query.push(" order by a.received_at, a.id limit ").push_bind(i64::try_from(PAGE + 1).unwrap_or(i64::MAX));
    // Planned for what is searched: a plan made for any word would read every demande to find a rare one.
    let rows = query.build().persistent(false).fetch_all(connection).await?;
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

/// What the last decided demandes of a kind waited for the team, decision by decision.
///
/// # Errors
/// The database's.
pub async fn find_last_waits(connection: &mut PgConnection, kind: Kind) -> Result<Vec<Waits>, Problem> {
    let rows = sqlx::query!(
        r#"select array_agg(v.submitted_at order by v.number) as "from!: Vec<OffsetDateTime>",
            array_agg(d.decided_at order by v.number) as "to!: Vec<OffsetDateTime>"
        from (
            select final.id, final.application_id from decisions final join applications a on a.id = final.application_id
            where final.outcome in ('approved', 'refused') and a.kind = $1
            order by final.decided_at desc, final.id limit $2
        ) as last
        join decisions d on d.application_id = last.application_id
        join application_versions v on v.application_id = d.application_id and v.number = d.version
        group by last.id"#,
        kind.to_string(),
        i64::try_from(delay::MOST).unwrap_or(i64::MAX)
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| row.from.into_iter().zip(row.to).collect()).collect())
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
