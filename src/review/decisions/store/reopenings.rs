//! SQL of the reopenings of refused demandes.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

/// How many times a demande was reopened.
///
/// # Errors
/// The database's.
pub async fn count(connection: &mut PgConnection, id: ApplicationId) -> Result<i64, Problem> {
    let count =
        sqlx::query_scalar!(r#"select count(*) as "count!" from reopenings where application_id = $1"#, id.0).fetch_one(connection).await?;
    Ok(count)
}

/// Writes that a refused version is instructed again, and why.
///
/// # Errors
/// The database's.
pub(in crate::review::decisions) async fn add(
    connection: &mut PgConnection,
    by: AccountId,
    (id, version): (ApplicationId, i32),
    reason: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into reopenings (application_id, number, version, reason, reopened_by, reopened_at)
        values ($1, 1 + (select count(*) from reopenings where application_id = $1), $2, $3, $4, $5)",
        id.0,
        version,
        reason,
        by.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
