//! SQL of the clock: the facts it depends on, and the day the queue sorts by.

use jiff::civil::Date;
use sqlx::PgConnection;

use super::rule::{ClockFacts, ItemsRequest, LegalClock};
use crate::{calendar, ids::ApplicationId, problem::Problem};

/// A demande's facts, and the day kept for it.
#[derive(Clone, Debug)]
pub struct KeptClock {
    /// D12.
    pub application: ApplicationId,
    /// What the clock depends on.
    pub facts: ClockFacts,
    /// The day silence decides, as kept.
    pub kept: Option<Date>,
}

/// The facts of some demandes, those of the change when what was granted is being changed; those never received have none.
///
/// # Errors
/// The database's.
pub async fn find_clocks(connection: &mut PgConnection, applications: &[i64]) -> Result<Vec<KeptClock>, Problem> {
    find_facts(connection, applications, None).await
}

/// The facts a version counts: since the demande was first received or, when the version changes what was granted, since that change was.
async fn find_facts(connection: &mut PgConnection, applications: &[i64], version: Option<i32>) -> Result<Vec<KeptClock>, Problem> {
    let rows = sqlx::query!(
        r#"select a.id, first.submitted_at as received_at, first.number as starts_with, a.silence_decides_on, version.silence_effect,
            silence.decided_on as "decided_on?",
            (a.state in ('withdrawn', 'closed') or (a.state in ('approved', 'reopened') and silence.effect is distinct from 'rejection')
                or exists (select from decisions
                    where application_id = a.id and version >= first.number and outcome in ('approved', 'refused'))) as "is_over!"
        from applications a
            join application_versions version on version.application_id = a.id and version.number = coalesce($2, (
                select max(number) from application_versions where application_id = a.id))
            join application_versions first on first.application_id = a.id and first.number = clock_starts_with(a.id, version.number)
            left join silence_decisions silence on silence.application_id = a.id and silence.version >= first.number
        where a.id = any($1) order by a.id"#,
        applications,
        version
    )
    .fetch_all(&mut *connection)
    .await?;
    let requests = find_requests(connection, applications).await?;
    rows.into_iter()
        .map(|row| {
            let counts = |(id, request): &&(i64, ItemsRequest)| *id == row.id && request.version >= row.starts_with;
            Ok(KeptClock {
                application: ApplicationId(row.id),
                facts: ClockFacts {
                    received_on: calendar::paris_date(row.received_at),
                    silence: row.silence_effect.map(|effect| effect.parse()).transpose().map_err(anyhow::Error::from)?,
                    requests: requests.iter().filter(counts).map(|(_, request)| *request).collect(),
                    is_over: row.is_over,
                    decided_by_silence_on: row.decided_on.map(calendar::civil),
                },
                kept: row.silence_decides_on.map(calendar::civil),
            })
        })
        .collect()
}

async fn find_requests(connection: &mut PgConnection, applications: &[i64]) -> Result<Vec<(i64, ItemsRequest)>, Problem> {
    let rows = sqlx::query!(
        r#"select request.application_id as "application_id!", request.version as "version!", request.asked_at as "asked_at!",
            request.limit_on as "limit_on!", lapse.lapsed_at is not null as "has_lapsed!",
            (select min(submitted_at) from application_versions
                where application_id = request.application_id and number > request.version) as "received_at?"
        from missing_item_requests request left join missing_item_lapses lapse using (application_id, version)
        where request.application_id = any($1)"#,
        applications
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let request = ItemsRequest {
                version: row.version,
                asked_on: calendar::paris_date(row.asked_at),
                limit_on: calendar::civil(row.limit_on),
                received_on: row.received_at.map(calendar::paris_date),
                has_lapsed: row.has_lapsed,
            };
            (row.application_id, request)
        })
        .collect())
}

/// Where the clock of a demande stands.
///
/// # Errors
/// The database's.
pub async fn find_clock(connection: &mut PgConnection, id: ApplicationId) -> Result<LegalClock, Problem> {
    let found = find_clocks(connection, &[id.0]).await?;
    Ok(found.first().map_or(LegalClock::None, |clock| clock.facts.clock()))
}

/// The day the acknowledgement of a version says.
///
/// # Errors
/// The database's.
pub async fn find_promised(connection: &mut PgConnection, id: ApplicationId, version: i32) -> Result<Option<Date>, Problem> {
    let found = find_facts(connection, &[id.0], Some(version)).await?;
    Ok(found.first().and_then(|clock| clock.facts.promised(version)))
}

/// The received demandes of private bodies, by number, after that one: those whose silence means something.
///
/// # Errors
/// The database's.
pub async fn find_received_private(connection: &mut PgConnection, after: ApplicationId, most: i64) -> Result<Vec<i64>, Problem> {
    Ok(sqlx::query_scalar!(
        "select id from applications where received_at is not null and (kind <> 'administration' or silence_decides_on is not null)
            and id > $1 order by id limit $2",
        after.0,
        most
    )
    .fetch_all(connection)
    .await?)
}

/// Keeps the day silence decides, or that there is none.
///
/// # Errors
/// The database's.
pub async fn save_decides_on(connection: &mut PgConnection, id: ApplicationId, on: Option<Date>) -> Result<(), Problem> {
    sqlx::query!(
        "update applications set silence_decides_on = $2 where id = $1 and silence_decides_on is distinct from $2",
        id.0,
        on.map(calendar::kept)
    )
    .execute(connection)
    .await?;
    Ok(())
}
