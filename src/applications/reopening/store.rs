//! SQL of re-openings.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{ids::ApplicationId, problem::Problem};

/// Opens the demande again and keeps what its form holds.
///
/// # Errors
/// The database's.
pub(super) async fn save_reopening(connection: &mut PgConnection, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update applications set state = 'reopened', reopened_from = version, updated_at = $2 where id = $1", id.0, now)
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "insert into granted_steps (application_id, step, fields, saved_at, saved_by)
        select application_id, step, fields, saved_at, saved_by from draft_steps where application_id = $1",
        id.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts the form back as it was kept: its revisions grow, so that a page opened before is told so.
pub(super) async fn restore_steps(connection: &mut PgConnection, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "delete from draft_steps where application_id = $1 and step not in (select step from granted_steps where application_id = $1)",
        id.0
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update draft_steps draft set fields = kept.fields, saved_at = $2, saved_by = kept.saved_by, revision = draft.revision + 1
        from granted_steps kept
        where draft.application_id = $1 and (kept.application_id, kept.step) = (draft.application_id, draft.step)
            and kept.fields is distinct from draft.fields",
        id.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets what was kept, once the change is granted or came to nothing.
///
/// # Errors
/// The database's.
pub async fn forget_kept_steps(connection: &mut PgConnection, id: ApplicationId) -> Result<(), Problem> {
    sqlx::query!("delete from granted_steps where application_id = $1", id.0).execute(connection).await?;
    Ok(())
}

/// Approved again, under the version that was granted and its name.
pub(super) async fn save_return(connection: &mut PgConnection, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "update applications a set state = 'approved', version = a.reopened_from, reopened_from = null, updated_at = $2,
            service_name = v.content #>> '{service,name}'
        from application_versions v where a.id = $1 and (v.application_id, v.number) = (a.id, a.reopened_from)",
        id.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
