//! SQL of authorizations.

pub(super) mod list;

use std::collections::HashMap;

use serde_json::Value;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::{Authorization, Proof, State, in_short::in_short, verification_code::VerificationCode};
use crate::{
    applications::{Application, RightInShort, Version},
    ids::{AccountId, ApplicationId, AuthorizationId},
    problem::Problem,
};

struct AuthorizationRow {
    id: i64,
    application_id: i64,
    version: i32,
    applicant_id: i64,
    state: String,
    state_changed_at: Option<OffsetDateTime>,
    suspended_until: Option<Date>,
    verification_code: String,
    organisation: Value,
    content: Value,
    granted_at: OffsetDateTime,
    author_name: String,
    author_quality: String,
    author_service: String,
}

impl TryFrom<AuthorizationRow> for Authorization {
    type Error = Problem;

    fn try_from(row: AuthorizationRow) -> Result<Self, Problem> {
        Ok(Self {
            id: AuthorizationId(row.id),
            application: ApplicationId(row.application_id),
            version: row.version,
            applicant: AccountId(row.applicant_id),
            state: row.state.parse::<State>().map_err(anyhow::Error::from)?,
            state_changed_at: row.state_changed_at,
            suspended_until: row.suspended_until,
            code: VerificationCode::parse(&row.verification_code).map_err(anyhow::Error::from)?,
            organisation: serde_json::from_value(row.organisation).map_err(anyhow::Error::from)?,
            content: serde_json::from_value(row.content).map_err(anyhow::Error::from)?,
            granted_at: row.granted_at,
            author_name: row.author_name,
            author_quality: row.author_quality,
            author_service: row.author_service,
        })
    }
}

/// Freezes what a decision grants.
///
/// # Errors
/// The database's.
pub(super) async fn add(
    connection: &mut PgConnection,
    application: &Application,
    version: &Version,
    decision: i64,
    now: OffsetDateTime,
) -> Result<AuthorizationId, Problem> {
    let id = sqlx::query_scalar!(
        "insert into authorizations (application_id, version, decision_id, organisation_id, organisation, content, granted_at)
        values ($1, $2, $3, $4, $5, $6, $7) returning id",
        application.id.0,
        version.number,
        decision,
        application.organisation.0,
        serde_json::to_value(&version.organisation).map_err(anyhow::Error::from)?,
        serde_json::to_value(&version.content).map_err(anyhow::Error::from)?,
        now
    )
    .fetch_one(connection)
    .await?;
    Ok(AuthorizationId(id))
}

/// A right by its number.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub async fn find(connection: &mut PgConnection, id: AuthorizationId) -> Result<Authorization, Problem> {
    sqlx::query_as!(
        AuthorizationRow,
        "select h.id, h.application_id, h.version, a.applicant_id, h.state, h.state_changed_at, h.suspended_until, h.verification_code, h.organisation,
            h.content, h.granted_at, d.author_name, d.author_quality, d.author_service
        from authorizations h join applications a on a.id = h.application_id join decisions d on d.id = h.decision_id
        where h.id = $1",
        id.0
    )
    .fetch_one(connection)
    .await?
    .try_into()
}

/// A right by its number, and the lock of its row.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub(super) async fn lock(connection: &mut PgConnection, id: AuthorizationId) -> Result<Authorization, Problem> {
    sqlx::query_scalar!("select id from authorizations where id = $1 for update", id.0).fetch_one(&mut *connection).await?;
    find(connection, id).await
}

/// The right in force of a demande gives way to the next one; the last day of its suspension, if it was suspended.
pub(super) async fn supersede(
    connection: &mut PgConnection,
    application: ApplicationId,
    now: OffsetDateTime,
) -> Result<Option<Date>, Problem> {
    let suspended_until = sqlx::query_scalar!(
        "select suspended_until from authorizations where application_id = $1 and state in ('active', 'suspended') for update",
        application.0
    )
    .fetch_optional(&mut *connection)
    .await?;
    sqlx::query!(
        "update authorizations set state = 'superseded', state_changed_at = $2, suspended_until = null
        where application_id = $1 and state in ('active', 'suspended')",
        application.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(suspended_until.flatten())
}

/// Changes whether a right may be used.
pub(super) async fn save_state(
    connection: &mut PgConnection,
    right: AuthorizationId,
    state: State,
    until: Option<Date>,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "update authorizations set state = $2, suspended_until = $3, state_changed_at = $4 where id = $1",
        right.0,
        state.to_string(),
        until,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The right a demande led to, the last one.
///
/// # Errors
/// The database's.
pub async fn find_of_application(connection: &mut PgConnection, application: ApplicationId) -> Result<Option<AuthorizationId>, Problem> {
    let id = sqlx::query_scalar!("select id from authorizations where application_id = $1 order by version desc limit 1", application.0)
        .fetch_optional(connection)
        .await?;
    Ok(id.map(AuthorizationId))
}

/// Whether that right may be used; nothing when there is none.
///
/// # Errors
/// The database's.
pub async fn find_state(connection: &mut PgConnection, right: Option<AuthorizationId>) -> Result<Option<State>, Problem> {
    let Some(right) = right else { return Ok(None) };
    let state = sqlx::query_scalar!("select state from authorizations where id = $1", right.0).fetch_one(connection).await?;
    Ok(Some(state.parse().map_err(anyhow::Error::from)?))
}

/// Of those demandes, the ones whose last right does not stand as it was granted, each with what a list says of it.
///
/// # Errors
/// The database's.
pub async fn find_in_short(
    connection: &mut PgConnection,
    applications: &[ApplicationId],
) -> Result<HashMap<ApplicationId, RightInShort>, Problem> {
    if applications.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = applications.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "select distinct on (application_id) application_id, state, state_changed_at, suspended_until
        from authorizations where application_id = any($1) order by application_id, version desc",
        &ids
    )
    .fetch_all(connection)
    .await?;
    let mut rights = HashMap::new();
    for row in rows {
        let state = row.state.parse::<State>().map_err(anyhow::Error::from)?;
        if let Some(said) = in_short(state, row.state_changed_at, row.suspended_until) {
            rights.insert(ApplicationId(row.application_id), said);
        }
    }
    Ok(rights)
}

/// What the public page tells of the right that code proves; nothing else is read.
///
/// # Errors
/// The database's.
pub async fn find_proof(connection: &mut PgConnection, code: &VerificationCode) -> Result<Option<Proof>, Problem> {
    let row = sqlx::query!(
        r#"select h.id, h.state, h.organisation ->> 'name' as "organisation!", h.content #>> '{service,name}' as "service!", h.granted_at,
            h.state_changed_at, h.suspended_until,
            (select later.id from authorizations later where later.application_id = h.application_id and later.version > h.version
                order by later.version desc limit 1) as replaced_by
        from authorizations h where h.verification_code = $1"#,
        code.as_str()
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Proof {
            id: AuthorizationId(row.id),
            state: row.state.parse::<State>().map_err(anyhow::Error::from)?,
            organisation: row.organisation,
            service: row.service,
            granted_at: row.granted_at,
            state_changed_at: row.state_changed_at,
            suspended_until: row.suspended_until,
            replaced_by: row.replaced_by.map(AuthorizationId),
        })
    })
    .transpose()
}
