//! SQL of the clock at work.

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    awaited::Awaited,
    missing_items::{MissingItem, MissingItems},
    silence::SilenceDecision,
};
use crate::{
    accounts::Reviewer,
    applications::State,
    calendar,
    config::SilenceEffect,
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

/// Whether items were ever asked with a limit that is behind that day (CRPA L114-5): before it, their absence decides nothing.
///
/// # Errors
/// The database's.
pub async fn has_a_limit_passed(connection: &mut PgConnection, id: ApplicationId, today: Date) -> Result<bool, Problem> {
    let passed = sqlx::query_scalar!(
        r#"select exists (select from missing_item_requests where application_id = $1 and limit_on < $2) as "passed!""#,
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

/// What silence decided, if it did.
///
/// # Errors
/// The database's.
pub async fn find_silence_decision(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<SilenceDecision>, Problem> {
    let row =
        sqlx::query!("select effect, decided_on from silence_decisions where application_id = $1", id.0).fetch_optional(connection).await?;
    row.map(|row| Ok(SilenceDecision { effect: row.effect.parse().map_err(anyhow::Error::from)?, on: calendar::civil(row.decided_on) }))
        .transpose()
}

/// Writes down what silence decided.
///
/// # Errors
/// The database's.
pub(super) async fn add_silence_decision(
    connection: &mut PgConnection,
    id: ApplicationId,
    version: i32,
    decision: SilenceDecision,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into silence_decisions (application_id, version, effect, decided_on, recorded_at) values ($1, $2, $3, $4, $5)",
        id.0,
        version,
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

/// Demandes whose time limit has passed unanswered and untold. Their rows stay locked; those somebody holds are left to them.
///
/// # Errors
/// The database's.
pub(super) async fn lock_passed_limits(connection: &mut PgConnection, today: Date, most: i64) -> Result<Vec<ApplicationId>, Problem> {
    let ids = sqlx::query_scalar!(
        "select application.id from missing_item_requests request
            join applications application on application.id = request.application_id and application.version = request.version
        where application.state = 'changes_requested' and request.limit_on < $1 and not exists (
            select from missing_item_lapses where application_id = request.application_id and version = request.version)
        order by request.limit_on, application.id limit $2 for update of application skip locked",
        calendar::kept(today),
        most
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ApplicationId).collect())
}

/// Demandes silence decides that day, or should have. Their rows stay locked; those somebody holds are left to them.
///
/// # Errors
/// The database's.
pub(super) async fn lock_due(connection: &mut PgConnection, today: Date, most: i64) -> Result<Vec<ApplicationId>, Problem> {
    let ids = sqlx::query_scalar!(
        "select id from applications where silence_decides_on <= $1 and state in ('submitted', 'changes_requested')
        order by silence_decides_on, id limit $2 for update skip locked",
        calendar::kept(today),
        most
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ApplicationId).collect())
}

/// Demandes silence decides between two days, and that day.
///
/// # Errors
/// The database's.
pub(super) async fn find_due_between(connection: &mut PgConnection, from: Date, to: Date) -> Result<Vec<(ApplicationId, Date)>, Problem> {
    let rows = sqlx::query!(
        r#"select id, silence_decides_on as "on!" from applications
        where silence_decides_on between $1 and $2 and state in ('submitted', 'changes_requested') order by silence_decides_on, id"#,
        calendar::kept(from),
        calendar::kept(to)
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (ApplicationId(row.id), calendar::civil(row.on))).collect())
}

/// Demandes back with their applicant: when they were asked something, and the time limit, if items are missing.
///
/// # Errors
/// The database's.
pub(super) async fn find_unanswered(connection: &mut PgConnection) -> Result<Vec<(ApplicationId, OffsetDateTime, Option<Date>)>, Problem> {
    let rows = sqlx::query!(
        r#"select application.id, decision.decided_at, request.limit_on as "limit_on?"
        from applications application
            join decisions decision on decision.application_id = application.id and decision.version = application.version
                and decision.outcome = 'changes_requested'
            left join missing_item_requests request on request.application_id = application.id and request.version = application.version
        where application.state = 'changes_requested' order by application.id"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (ApplicationId(row.id), row.decided_at, row.limit_on.map(calendar::civil))).collect())
}

/// Who answers for a dossier, if anybody took it.
///
/// # Errors
/// The database's.
pub(super) async fn find_owner(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<AccountId>, Problem> {
    let owner = sqlx::query_scalar!("select assigned_to from applications where id = $1", id.0).fetch_one(connection).await?;
    Ok(owner.map(AccountId))
}

/// The decisions that will be implicit, and the acceptances that wait for a signature, the soonest first.
///
/// # Errors
/// The database's.
pub async fn find_awaited(connection: &mut PgConnection, most: i64) -> Result<Vec<Awaited>, Problem> {
    let rows = sqlx::query!(
        r#"select a.id, version.organisation ->> 'name' as "organisation!", a.service_name, a.state,
            coalesce(silence.effect, version.silence_effect) as "effect!", coalesce(silence.decided_on, a.silence_decides_on) as "on!",
            silence.effect is not null as "is_decided!", owner.given_name || ' ' || owner.family_name as owner,
            (select count(*) from opinion_requests request where request.application_id = a.id and request.version = a.version
                and not exists (select from opinions where application_id = a.id and version = a.version
                    and service = request.service)) as "opinions_awaited!",
            exists (select from objections where application_id = a.id and lifted_at is null and read_at is null) as "has_objection!",
            exists (select from prepared_decisions where application_id = a.id) as "is_prepared!"
        from applications a
            join application_versions version on version.application_id = a.id and version.number = a.version
            left join silence_decisions silence on silence.application_id = a.id
            left join accounts owner on owner.id = a.assigned_to
        where a.state in ('submitted', 'changes_requested') and (a.silence_decides_on is not null or silence.effect is not null)
        order by coalesce(silence.decided_on, a.silence_decides_on), a.id limit $1"#,
        most
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Awaited {
                application: ApplicationId(row.id),
                organisation: row.organisation,
                service: row.service_name,
                state: row.state.parse::<State>().map_err(anyhow::Error::from)?,
                effect: row.effect.parse::<SilenceEffect>().map_err(anyhow::Error::from)?,
                on: calendar::civil(row.on),
                is_decided: row.is_decided,
                owner: row.owner,
                opinions_awaited: row.opinions_awaited,
                has_objection: row.has_objection,
                is_prepared: row.is_prepared,
            })
        })
        .collect()
}
