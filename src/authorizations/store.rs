//! SQL of authorizations.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Authorization, State};
use crate::{
    applications::{Application, Version},
    ids::{AccountId, ApplicationId, AuthorizationId},
    problem::Problem,
};

struct AuthorizationRow {
    id: i64,
    application_id: i64,
    version: i32,
    applicant_id: i64,
    state: String,
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
        "select h.id, h.application_id, h.version, a.applicant_id, h.state, h.organisation, h.content, h.granted_at,
            d.author_name, d.author_quality, d.author_service
        from authorizations h join applications a on a.id = h.application_id join decisions d on d.id = h.decision_id
        where h.id = $1",
        id.0
    )
    .fetch_one(connection)
    .await?
    .try_into()
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

/// The rights a person may read, or all for the team: those they obtained, and those of the organisations they are a verified member of.
/// The most recent first, at most `most`.
///
/// # Errors
/// The database's.
pub(super) async fn list(connection: &mut PgConnection, reader: Option<AccountId>, most: i64) -> Result<Vec<Authorization>, Problem> {
    sqlx::query_as!(
        AuthorizationRow,
        "select h.id, h.application_id, h.version, a.applicant_id, h.state, h.organisation, h.content, h.granted_at,
            d.author_name, d.author_quality, d.author_service
        from authorizations h join applications a on a.id = h.application_id join decisions d on d.id = h.decision_id
        where $1::bigint is null or a.applicant_id = $1 or h.organisation_id in (
            select organisation_id from memberships where account_id = $1 and verified_at is not null)
        order by h.id desc limit $2",
        reader.map(|account| account.0),
        most
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Authorization::try_from)
    .collect()
}
