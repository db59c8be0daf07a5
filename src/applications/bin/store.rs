//! SQL of the bin.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::Binned;
use crate::{
    ids::{AccountId, ApplicationId, OrganisationId},
    problem::Problem,
};

/// A person's drafts in the bin, the last thrown away first.
///
/// # Errors
/// The database's.
pub async fn find_binned(connection: &mut PgConnection, applicant: AccountId) -> Result<Vec<Binned>, Problem> {
    let rows = sqlx::query!(
        r#"select a.id, a.service_name, a.deleted_at as "deleted_at!",
            organisation_named_by($1, a.organisation_id, a.represented_by) as "organisation!"
        from applications a
        where a.applicant_id = $1 and a.state = 'deleted'
        order by a.deleted_at desc, a.id desc"#,
        applicant.0
    )
    .fetch_all(connection)
    .await?;
    let title = |name: String| if name.is_empty() { "Demande sans nom".to_owned() } else { name };
    Ok(rows
        .into_iter()
        .map(|row| Binned {
            id: ApplicationId(row.id),
            title: title(row.service_name),
            organisation: row.organisation,
            deleted_at: row.deleted_at,
        })
        .collect())
}

/// Puts a draft in the bin.
///
/// # Errors
/// The database's.
pub async fn save_deleted(connection: &mut PgConnection, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update applications set state = 'deleted', deleted_at = $2, idle_announced_at = null where id = $1", id.0, now)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes a draft out of the bin; it counts as touched then.
///
/// # Errors
/// The database's.
pub async fn save_restored(connection: &mut PgConnection, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update applications set state = 'draft', deleted_at = null, updated_at = $2 where id = $1", id.0, now)
        .execute(connection)
        .await?;
    Ok(())
}

/// The drafts that have been in the bin longest, and since when. Their rows stay locked; those another worker holds are left to it.
///
/// # Errors
/// The database's.
pub async fn lock_binned(
    connection: &mut PgConnection,
    most: i64,
) -> Result<Vec<(ApplicationId, OrganisationId, OffsetDateTime)>, Problem> {
    let rows = sqlx::query!(
        r#"select id, organisation_id, deleted_at as "deleted_at!" from applications
        where state = 'deleted' order by deleted_at limit $1 for update skip locked"#,
        most
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (ApplicationId(row.id), OrganisationId(row.organisation_id), row.deleted_at)).collect())
}

/// Removes a draft and what was typed in it, for good.
///
/// # Errors
/// The database's.
pub async fn purge(connection: &mut PgConnection, id: ApplicationId) -> Result<(), Problem> {
    // Lists of clients and copies outlive the demande they came from.
    sqlx::query!("update client_import_lines set application_id = null where application_id = $1", id.0).execute(&mut *connection).await?;
    sqlx::query!("update client_imports set copied_from = null where copied_from = $1", id.0).execute(&mut *connection).await?;
    sqlx::query!("update applications set copied_from = null where copied_from = $1", id.0).execute(&mut *connection).await?;
    sqlx::query!("delete from invitations where application_id = $1", id.0).execute(&mut *connection).await?;
    sqlx::query!("delete from message_readers where application_id = $1", id.0).execute(&mut *connection).await?;
    sqlx::query!("delete from draft_steps where application_id = $1", id.0).execute(&mut *connection).await?;
    sqlx::query!("delete from applications where id = $1", id.0).execute(connection).await?;
    Ok(())
}
