//! SQL of idle drafts.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::IdleDraft;
use crate::{
    ids::{AccountId, ApplicationId, OrganisationId},
    problem::Problem,
};

/// Drafts that did not change since that moment, the oldest change first. Their rows stay locked; those somebody holds are left to them.
///
/// # Errors
/// The database's.
pub async fn lock_idle(connection: &mut PgConnection, unchanged_since: OffsetDateTime, most: i64) -> Result<Vec<IdleDraft>, Problem> {
    let rows = sqlx::query!(
        "select id, organisation_id, applicant_id, updated_at, idle_announced_at from applications
        where state = 'draft' and updated_at <= $1 order by updated_at, id limit $2 for update skip locked",
        unchanged_since,
        most
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| IdleDraft {
            id: ApplicationId(row.id),
            organisation: OrganisationId(row.organisation_id),
            applicant: AccountId(row.applicant_id),
            updated_at: row.updated_at,
            announced_at: row.idle_announced_at,
        })
        .collect())
}

/// When the applicant was told that the draft will go, if they were.
///
/// # Errors
/// The database's.
pub async fn find_announced(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<OffsetDateTime>, Problem> {
    Ok(sqlx::query_scalar!("select idle_announced_at from applications where id = $1", id.0).fetch_one(connection).await?)
}

/// Notes that the applicant is told.
///
/// # Errors
/// The database's.
pub async fn save_announced(connection: &mut PgConnection, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update applications set idle_announced_at = $2 where id = $1", id.0, now).execute(connection).await?;
    Ok(())
}

/// Notes that the draft is kept: its three months start again.
///
/// # Errors
/// The database's.
pub async fn save_kept(connection: &mut PgConnection, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update applications set updated_at = $2, idle_announced_at = null where id = $1", id.0, now).execute(connection).await?;
    Ok(())
}
