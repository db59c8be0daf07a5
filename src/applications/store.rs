//! SQL of demandes and their drafts.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    application::{Application, Kind},
    legal_clock::keep_clock,
    state::State,
};
use crate::{
    ids::{AccountId, ApplicationId, CampaignId, OrganisationId},
    problem::Problem,
};

pub(super) mod shared;

pub(super) struct ApplicationRow {
    pub id: i64,
    pub kind: String,
    pub campaign_id: Option<i64>,
    pub organisation_id: i64,
    pub represented_by: Option<i64>,
    pub applicant_id: i64,
    pub state: String,
    pub service_name: String,
    pub created_at: OffsetDateTime,
    pub updated_at: OffsetDateTime,
    pub received_at: Option<OffsetDateTime>,
    pub arrival_rank: Option<i32>,
    pub version: i32,
    pub reopened_from: Option<i32>,
}

impl TryFrom<ApplicationRow> for Application {
    type Error = Problem;

    fn try_from(row: ApplicationRow) -> Result<Self, Problem> {
        Ok(Self {
            id: ApplicationId(row.id),
            kind: row.kind.parse::<Kind>().map_err(anyhow::Error::from)?,
            campaign: row.campaign_id.map(CampaignId),
            organisation: OrganisationId(row.organisation_id),
            represented_by: row.represented_by.map(OrganisationId),
            applicant: AccountId(row.applicant_id),
            state: row.state.parse::<State>().map_err(anyhow::Error::from)?,
            service_name: row.service_name,
            created_at: row.created_at,
            updated_at: row.updated_at,
            received_at: row.received_at,
            arrival_rank: row.arrival_rank,
            version: row.version,
            reopened_from: row.reopened_from,
        })
    }
}

/// A demande by its number.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub async fn find(connection: &mut PgConnection, id: ApplicationId) -> Result<Application, Problem> {
    sqlx::query_as!(
        ApplicationRow,
        "select id, kind, campaign_id, organisation_id, represented_by, applicant_id, state, service_name, created_at, updated_at, received_at, arrival_rank, version, reopened_from
        from applications where id = $1",
        id.0
    )
    .fetch_one(connection)
    .await?
    .try_into()
}

/// A demande, if it is that applicant's: what is not yours does not exist.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none or it is somebody else's.
pub async fn find_own(connection: &mut PgConnection, id: ApplicationId, applicant: AccountId) -> Result<Application, Problem> {
    let application = find(connection, id).await?;
    if application.applicant == applicant { Ok(application) } else { Err(Problem::NotFound) }
}

/// A demande and the lock of its row: whoever decides or edits next waits for this transaction.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub async fn lock(connection: &mut PgConnection, id: ApplicationId) -> Result<Application, Problem> {
    sqlx::query_as!(
        ApplicationRow,
        "select id, kind, campaign_id, organisation_id, represented_by, applicant_id, state, service_name, created_at, updated_at, received_at, arrival_rank, version, reopened_from
        from applications where id = $1 for update",
        id.0
    )
    .fetch_one(connection)
    .await?
    .try_into()
}

/// The demandes a file with that content is part of, and the locks of their rows.
///
/// # Errors
/// The database's.
pub(super) async fn lock_holders(connection: &mut PgConnection, object: Uuid) -> Result<Vec<Application>, Problem> {
    sqlx::query_as!(
        ApplicationRow,
        "select id, kind, campaign_id, organisation_id, represented_by, applicant_id, state, service_name, created_at, updated_at, received_at, arrival_rank, version, reopened_from
        from applications where id in (select application_id from attachments where object_id = $1) order by id for update",
        object
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Application::try_from)
    .collect()
}

/// An applicant's demandes, in the order they were started.
///
/// # Errors
/// The database's.
pub async fn list_own(connection: &mut PgConnection, applicant: AccountId) -> Result<Vec<Application>, Problem> {
    sqlx::query_as!(
        ApplicationRow,
        "select id, kind, campaign_id, organisation_id, represented_by, applicant_id, state, service_name, created_at, updated_at, received_at, arrival_rank, version, reopened_from
        from applications where applicant_id = $1 order by id",
        applicant.0
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Application::try_from)
    .collect()
}

/// An applicant's demandes in progress. Their rows stay locked, those of their drafts too: none can be handed in meanwhile.
///
/// # Errors
/// The database's.
pub(super) async fn lock_in_progress(connection: &mut PgConnection, applicant: AccountId) -> Result<Vec<ApplicationId>, Problem> {
    let rows = sqlx::query!("select id, state from applications where applicant_id = $1 order by id for update", applicant.0)
        .fetch_all(connection)
        .await?;
    let mut in_progress = Vec::new();
    for row in rows {
        if row.state.parse::<State>().map_err(anyhow::Error::from)?.is_in_progress() {
            in_progress.push(ApplicationId(row.id));
        }
    }
    Ok(in_progress)
}

/// Starts a demande; the same key starts it once, however often it is posted.
///
/// # Errors
/// The database's.
pub(super) async fn add(
    connection: &mut PgConnection,
    kind: Kind,
    campaign: Option<CampaignId>,
    organisation: OrganisationId,
    applicant: AccountId,
    key: Uuid,
    now: OffsetDateTime,
) -> Result<Started, Problem> {
    let added = sqlx::query_scalar!(
        "insert into applications (kind, campaign_id, organisation_id, applicant_id, start_key, created_at, updated_at)
        values ($1, $6, $2, $3, $4, $5, $5)
        on conflict on constraint applications_started_once do nothing
        returning id",
        kind.to_string(),
        organisation.0,
        applicant.0,
        key,
        now,
        campaign.map(|id| id.0)
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(id) = added {
        return Ok(Started::Now(ApplicationId(id)));
    }
    let id = sqlx::query_scalar!("select id from applications where applicant_id = $1 and start_key = $2", applicant.0, key)
        .fetch_one(connection)
        .await?;
    Ok(Started::Before(ApplicationId(id)))
}

/// Whether the key started something.
pub(super) enum Started {
    /// It just did.
    Now(ApplicationId),
    /// It had.
    Before(ApplicationId),
}

/// Notes that the draft changed, and the name lists show when it did: nobody says any more that it is idle.
///
/// # Errors
/// The database's.
pub(super) async fn save_change(
    connection: &mut PgConnection,
    id: ApplicationId,
    name: Option<&str>,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "update applications set service_name = coalesce($2, service_name), updated_at = $3, idle_announced_at = null where id = $1",
        id.0,
        name,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Moves the demande to a state the code's table allows; the database's own table checks it again. The legal clock follows; once approved, no
/// change is on its way.
///
/// # Errors
/// The database's.
pub async fn save_state(connection: &mut PgConnection, id: ApplicationId, state: State, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "update applications set state = $2, updated_at = $3, reopened_from = case when $2 <> 'approved' then reopened_from end where id = $1",
        id.0,
        state.to_string(),
        now
    )
    .execute(&mut *connection)
    .await?;
    keep_clock(connection, id).await?;
    Ok(())
}

/// Gives the demande to somebody else. The caller holds it.
///
/// # Errors
/// The database's.
pub(super) async fn save_applicant(
    connection: &mut PgConnection,
    id: ApplicationId,
    applicant: AccountId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!("update applications set applicant_id = $2, updated_at = $3 where id = $1", id.0, applicant.0, now)
        .execute(connection)
        .await?;
    Ok(())
}
