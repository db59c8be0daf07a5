//! SQL of the clock at work.

pub(super) mod awaited;

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    asked::Asked,
    missing_items::{MissingItem, MissingItems},
    silence::SilenceDecision,
};
use crate::{
    accounts::Reviewer,
    calendar,
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

/// Writes a request for missing items down.
///
/// # Errors
/// The database's.
pub(super) async fn add_missing_items(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    version: i32,
    asked: &MissingItems,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into missing_item_requests (application_id, version, limit_on, asked_by, asked_at) values ($1, $2, $3, $4, $5)",
        id.0,
        version,
        calendar::kept(asked.limit_on),
        by.person().account.0,
        now
    )
    .execute(&mut *connection)
    .await?;
    let (what, required_by): (Vec<String>, Vec<String>) =
        asked.items.iter().map(|item| (item.what.clone(), item.required_by.clone())).unzip();
    sqlx::query!(
        "insert into missing_items (application_id, version, position, what, required_by)
        select $1, $2, item.position, item.what, item.required_by
        from unnest($3::text[], $4::text[]) with ordinality as item (what, required_by, position)",
        id.0,
        version,
        &what,
        &required_by
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether items were asked with a limit that is behind that day (CRPA L114-5): before it, their absence decides nothing. Those of the demande
/// say nothing of a change of what it granted.
///
/// # Errors
/// The database's.
pub async fn has_a_limit_passed(connection: &mut PgConnection, id: ApplicationId, today: Date) -> Result<bool, Problem> {
    let passed = sqlx::query_scalar!(
        r#"select exists (select from missing_item_requests request join applications a on a.id = request.application_id
            where a.id = $1 and limit_on < $2 and request.version >= clock_starts_with(a.id, a.version)) as "passed!""#,
        id.0,
        calendar::kept(today)
    )
    .fetch_one(connection)
    .await?;
    Ok(passed)
}

/// What was asked of a version, if it was found incomplete.
///
/// # Errors
/// The database's.
pub async fn find_missing_items(connection: &mut PgConnection, id: ApplicationId, version: i32) -> Result<Option<MissingItems>, Problem> {
    let limit_on =
        sqlx::query_scalar!("select limit_on from missing_item_requests where application_id = $1 and version = $2", id.0, version)
            .fetch_optional(&mut *connection)
            .await?;
    let Some(limit_on) = limit_on else { return Ok(None) };
    let items = sqlx::query_as!(
        MissingItem,
        "select what, required_by from missing_items where application_id = $1 and version = $2 order by position",
        id.0,
        version
    )
    .fetch_all(connection)
    .await?;
    Ok(Some(MissingItems { items, limit_on: calendar::civil(limit_on) }))
}

/// What silence decided on the demande or, when what it granted is being changed or was last, on that change.
///
/// # Errors
/// The database's.
pub async fn find_silence_decision(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<SilenceDecision>, Problem> {
    let row = sqlx::query!(
        r#"select version, effect, decided_on, clock_starts_with($1, version) > 1 as "is_change!"
        from silence_decisions where application_id = $1 and version >= clock_starts_with($1, (
            select max(number) from application_versions where application_id = $1))"#,
        id.0
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let effect = row.effect.parse().map_err(anyhow::Error::from)?;
        Ok(SilenceDecision { version: row.version, is_change: row.is_change, effect, on: calendar::civil(row.decided_on) })
    })
    .transpose()
}

/// Writes down what silence decided.
///
/// # Errors
/// The database's.
pub(super) async fn add_silence_decision(
    connection: &mut PgConnection,
    id: ApplicationId,
    decision: SilenceDecision,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into silence_decisions (application_id, version, effect, decided_on, recorded_at) values ($1, $2, $3, $4, $5)",
        id.0,
        decision.version,
        decision.effect.to_string(),
        calendar::kept(decision.on),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes down that the time limit of a request passed without the items.
///
/// # Errors
/// The database's.
pub(super) async fn add_lapse(connection: &mut PgConnection, id: ApplicationId, version: i32, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("insert into missing_item_lapses (application_id, version, lapsed_at) values ($1, $2, $3)", id.0, version, now)
        .execute(connection)
        .await?;
    Ok(())
}

/// Demandes whose time limit has passed unanswered and untold.
///
/// # Errors
/// The database's.
pub(super) async fn find_passed_limits(connection: &mut PgConnection, today: Date, most: i64) -> Result<Vec<ApplicationId>, Problem> {
    let ids = sqlx::query_scalar!(
        "select application.id from missing_item_requests request
            join applications application on application.id = request.application_id and application.version = request.version
        where application.state = 'changes_requested' and request.limit_on < $1 and not exists (
            select from missing_item_lapses where application_id = request.application_id and version = request.version)
        order by request.limit_on, application.id limit $2",
        calendar::kept(today),
        most
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ApplicationId).collect())
}

/// Whether the time limit of a request passed without the items and that is not written down.
///
/// # Errors
/// The database's.
pub(super) async fn has_unwritten_lapse(
    connection: &mut PgConnection,
    id: ApplicationId,
    version: i32,
    today: Date,
) -> Result<bool, Problem> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from missing_item_requests request where application_id = $1 and version = $2 and limit_on < $3 and not exists (
            select from missing_item_lapses where application_id = $1 and version = $2)) as "lapsed!""#,
        id.0,
        version,
        calendar::kept(today)
    )
    .fetch_one(connection)
    .await?)
}

/// Demandes silence decides that day, or should have.
///
/// # Errors
/// The database's.
pub(super) async fn find_due(connection: &mut PgConnection, today: Date, most: i64) -> Result<Vec<ApplicationId>, Problem> {
    let ids = sqlx::query_scalar!(
        "select id from applications where silence_decides_on <= $1 and state in ('submitted', 'changes_requested')
        order by silence_decides_on, id limit $2",
        calendar::kept(today),
        most
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ApplicationId).collect())
}

/// Demandes silence decides between two days.
///
/// # Errors
/// The database's.
pub(super) async fn find_due_between(connection: &mut PgConnection, from: Date, to: Date) -> Result<Vec<ApplicationId>, Problem> {
    let ids = sqlx::query_scalar!(
        "select id from applications
        where silence_decides_on between $1 and $2 and state in ('submitted', 'changes_requested') order by silence_decides_on, id",
        calendar::kept(from),
        calendar::kept(to)
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ApplicationId).collect())
}

/// Demandes back with their applicant, and what they were asked.
///
/// # Errors
/// The database's.
pub(super) async fn find_unanswered(connection: &mut PgConnection) -> Result<Vec<(ApplicationId, Asked)>, Problem> {
    find_unanswered_of(connection, None).await
}

/// What the applicant of a demande was asked, while it is back with them.
///
/// # Errors
/// The database's.
pub(super) async fn find_asked(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<Asked>, Problem> {
    Ok(find_unanswered_of(connection, Some(id)).await?.first().map(|(_, asked)| *asked))
}

async fn find_unanswered_of(connection: &mut PgConnection, only: Option<ApplicationId>) -> Result<Vec<(ApplicationId, Asked)>, Problem> {
    let rows = sqlx::query!(
        r#"select application.id, decision.decided_at, request.limit_on as "limit_on?"
        from applications application
            join decisions decision on decision.application_id = application.id and decision.version = application.version
                and decision.outcome = 'changes_requested'
            left join missing_item_requests request on request.application_id = application.id and request.version = application.version
        where application.state = 'changes_requested' and ($1::bigint is null or application.id = $1) order by application.id"#,
        only.map(|id| id.0)
    )
    .fetch_all(connection)
    .await?;
    let asked =
        |row: (OffsetDateTime, Option<time::Date>)| Asked { asked_on: calendar::paris_date(row.0), limit_on: row.1.map(calendar::civil) };
    Ok(rows.into_iter().map(|row| (ApplicationId(row.id), asked((row.decided_at, row.limit_on)))).collect())
}

/// Who answers for a dossier, if anybody took it.
///
/// # Errors
/// The database's.
pub(super) async fn find_owner(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<AccountId>, Problem> {
    let owner = sqlx::query_scalar!("select assigned_to from applications where id = $1", id.0).fetch_one(connection).await?;
    Ok(owner.map(AccountId))
}
