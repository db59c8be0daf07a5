//! SQL of demandes and their drafts.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    application::{Application, Kind},
    state::State,
};
use crate::{
    ids::{AccountId, ApplicationId, CampaignId, OrganisationId},
    problem::Problem,
};

struct ApplicationRow {
    id: i64,
    kind: String,
    campaign_id: Option<i64>,
    organisation_id: i64,
    applicant_id: i64,
    state: String,
    service_name: String,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
    received_at: Option<OffsetDateTime>,
    arrival_rank: Option<i32>,
    version: i32,
}

impl TryFrom<ApplicationRow> for Application {
    type Error = Problem;

    fn try_from(row: ApplicationRow) -> Result<Self, Problem> {
        Ok(Self {
            id: ApplicationId(row.id),
            kind: row.kind.parse::<Kind>().map_err(anyhow::Error::from)?,
            campaign: row.campaign_id.map(CampaignId),
            organisation: OrganisationId(row.organisation_id),
            applicant: AccountId(row.applicant_id),
            state: row.state.parse::<State>().map_err(anyhow::Error::from)?,
            service_name: row.service_name,
            created_at: row.created_at,
            updated_at: row.updated_at,
            received_at: row.received_at,
            arrival_rank: row.arrival_rank,
            version: row.version,
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
        "select id, kind, campaign_id, organisation_id, applicant_id, state, service_name, created_at, updated_at, received_at, arrival_rank, version
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
        "select id, kind, campaign_id, organisation_id, applicant_id, state, service_name, created_at, updated_at, received_at, arrival_rank, version
        from applications where id = $1 for update",
        id.0
    )
    .fetch_one(connection)
    .await?
    .try_into()
}

/// An applicant's demandes, in the order they were started.
///
/// # Errors
/// The database's.
pub async fn list_own(connection: &mut PgConnection, applicant: AccountId) -> Result<Vec<Application>, Problem> {
    sqlx::query_as!(
        ApplicationRow,
        "select id, kind, campaign_id, organisation_id, applicant_id, state, service_name, created_at, updated_at, received_at, arrival_rank, version
        from applications where applicant_id = $1 order by id",
        applicant.0
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Application::try_from)
    .collect()
}

/// A demande a person may read, and whose it is.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The demande.
    pub application: Application,
    /// Its organisation, as this person names it.
    pub organisation: String,
    /// The colleague who files it, by name; nobody when it is this person's own.
    pub colleague: Option<String>,
}

/// The demandes a person may read, of one organisation or of all: their own, and those of their colleagues where their own membership is
/// confirmed. What waits for them first, then the most recent. A draft nobody but its author ever saw and that was taken back is theirs.
///
/// # Errors
/// The database's.
pub(super) async fn list_readable(
    connection: &mut PgConnection,
    reader: AccountId,
    organisation: Option<OrganisationId>,
) -> Result<Vec<Listed>, Problem> {
    let rows = sqlx::query!(
        r#"select a.id, a.kind, a.campaign_id, a.organisation_id, a.applicant_id, a.state, a.service_name, a.created_at, a.updated_at, a.received_at,
            a.arrival_rank, a.version, case when o.source = 'declared' then coalesce(m.declared_name, o.name) else o.name end as "name!",
            p.given_name || ' ' || p.family_name as "author!"
        from applications a
        join organisations o on o.id = a.organisation_id
        join accounts p on p.id = a.applicant_id
        left join memberships m on m.organisation_id = o.id and m.account_id = $1
        where (a.applicant_id = $1 or (m.verified_at is not null and (a.state <> 'withdrawn' or a.version > 0)))
            and a.organisation_id = coalesce($2, a.organisation_id)
        order by a.applicant_id <> $1, a.state <> 'changes_requested', a.state <> 'draft', a.updated_at desc, a.id desc"#,
        reader.0,
        organisation.map(|id| id.0)
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let colleague = (row.applicant_id != reader.0).then_some(row.author);
            let application = ApplicationRow {
                id: row.id,
                kind: row.kind,
                campaign_id: row.campaign_id,
                organisation_id: row.organisation_id,
                applicant_id: row.applicant_id,
                state: row.state,
                service_name: row.service_name,
                created_at: row.created_at,
                updated_at: row.updated_at,
                received_at: row.received_at,
                arrival_rank: row.arrival_rank,
                version: row.version,
            };
            Ok(Listed { application: application.try_into()?, organisation: row.name, colleague })
        })
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

/// Gives the demande the name lists show.
///
/// # Errors
/// The database's.
pub(super) async fn save_service_name(
    connection: &mut PgConnection,
    id: ApplicationId,
    name: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!("update applications set service_name = $2, updated_at = $3 where id = $1", id.0, name, now).execute(connection).await?;
    Ok(())
}

/// Moves the demande to a state the code's table allows; the database's own table checks it again.
///
/// # Errors
/// The database's.
pub async fn save_state(connection: &mut PgConnection, id: ApplicationId, state: State, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update applications set state = $2, updated_at = $3 where id = $1", id.0, state.to_string(), now)
        .execute(connection)
        .await?;
    Ok(())
}
