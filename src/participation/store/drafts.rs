//! SQL of what is typed of the next report of a month.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::reports::first_day;
use crate::{
    accounts::Applicant,
    attachments::{self, Attachment},
    calendar,
    ids::ApplicationId,
    participation::Month,
    problem::Problem,
};

/// What was typed and not sent.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The form.
    pub fields: Value,
    /// Counts the savings.
    pub revision: i32,
    /// Who saved it last.
    pub author: String,
    /// When.
    pub saved_at: OffsetDateTime,
}

/// What was typed of a month.
///
/// # Errors
/// The database's.
pub async fn find(connection: &mut PgConnection, application: ApplicationId, month: Month) -> Result<Option<Draft>, Problem> {
    let draft = sqlx::query_as!(
        Draft,
        "select fields, revision, author_name as author, saved_at from report_drafts where application_id = $1 and month = $2",
        application.0,
        first_day(month)
    )
    .fetch_optional(connection)
    .await?;
    Ok(draft)
}

/// The months of which something was typed.
///
/// # Errors
/// The database's.
pub async fn find_months(connection: &mut PgConnection, application: ApplicationId) -> Result<Vec<Month>, Problem> {
    let months = sqlx::query_scalar!("select month from report_drafts where application_id = $1 order by month", application.0)
        .fetch_all(connection)
        .await?;
    Ok(months.into_iter().map(|month| Month::of(calendar::civil(month))).collect())
}

/// Keeps what was typed over the revision that was seen; whether nobody had saved another meanwhile.
///
/// # Errors
/// The database's.
pub async fn save(
    connection: &mut PgConnection,
    by: &Applicant,
    (application, month): (ApplicationId, Month),
    (fields, seen): (&Value, i32),
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let saved = sqlx::query!(
        "insert into report_drafts as draft (application_id, month, fields, revision, saved_by, author_name, saved_at)
        values ($1, $2, $3, 1, $5, $6, $7)
        on conflict (application_id, month) do update
            set fields = $3, revision = draft.revision + 1, saved_by = $5, author_name = $6, saved_at = $7
            where draft.revision = $4",
        application.0,
        first_day(month),
        fields,
        seen,
        by.person().account.0,
        by.person().full_name(),
        now
    )
    .execute(connection)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Throws away what was typed of a month: it was sent.
///
/// # Errors
/// The database's.
pub async fn delete(connection: &mut PgConnection, application: ApplicationId, month: Month) -> Result<(), Problem> {
    sqlx::query!("delete from report_drafts where application_id = $1 and month = $2", application.0, first_day(month))
        .execute(connection)
        .await?;
    Ok(())
}

/// The files that wait for the next report of a month to leave.
///
/// # Errors
/// The database's.
pub async fn find_files(connection: &mut PgConnection, application: ApplicationId, month: Month) -> Result<Vec<Attachment>, Problem> {
    let ids: Vec<Uuid> = sqlx::query_scalar!(
        "select attachment_id from report_attachments where application_id = $1 and month = $2 and number is null order by attachment_id",
        application.0,
        first_day(month)
    )
    .fetch_all(&mut *connection)
    .await?;
    let links: Vec<(Month, Uuid)> = ids.into_iter().map(|id| (month, id)).collect();
    Ok(attachments::find_tied(connection, &links).await?.remove(&month).unwrap_or_default())
}

/// Lets a file wait with what was typed.
///
/// # Errors
/// The database's.
pub async fn add_file(connection: &mut PgConnection, application: ApplicationId, month: Month, file: Uuid) -> Result<(), Problem> {
    sqlx::query!(
        "insert into report_attachments (application_id, month, attachment_id) values ($1, $2, $3)",
        application.0,
        first_day(month),
        file
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a file that waits away; whether it was there.
///
/// # Errors
/// The database's.
pub async fn remove_file(connection: &mut PgConnection, application: ApplicationId, month: Month, file: Uuid) -> Result<bool, Problem> {
    let removed = sqlx::query!(
        "delete from report_attachments where application_id = $1 and month = $2 and attachment_id = $3 and number is null",
        application.0,
        first_day(month),
        file
    )
    .execute(connection)
    .await?;
    Ok(removed.rows_affected() == 1)
}

/// The files that waited leave with that report.
///
/// # Errors
/// The database's.
pub async fn send_files(connection: &mut PgConnection, application: ApplicationId, month: Month, number: i32) -> Result<(), Problem> {
    sqlx::query!(
        "update report_attachments set number = $3 where application_id = $1 and month = $2 and number is null",
        application.0,
        first_day(month),
        number
    )
    .execute(connection)
    .await?;
    Ok(())
}
