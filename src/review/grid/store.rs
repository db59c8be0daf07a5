//! SQL of the grid.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Appraised, Wanted};
use crate::{
    criteria::Rule,
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

/// The last fact of each criterion of a demande.
///
/// # Errors
/// The database's.
pub async fn find_appraised(connection: &mut PgConnection, id: ApplicationId) -> Result<Vec<Appraised>, Problem> {
    let rows = sqlx::query!(
        r#"select distinct on (criterion) g.id, version, criterion, appraisal, note, appraised_at,
            given_name || ' ' || family_name as "by_name!"
        from grid_appraisals g join accounts on accounts.id = author_id
        where application_id = $1 order by criterion, g.id desc"#,
        id.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .filter_map(|row| Rule::ALL.iter().find(|rule| rule.to_string() == row.criterion).map(|rule| (*rule, row)))
        .map(|(rule, row)| {
            Ok(Appraised {
                id: row.id,
                version: row.version,
                rule,
                appraisal: row.appraisal.parse().map_err(anyhow::Error::from)?,
                note: row.note,
                by_name: row.by_name,
                at: row.appraised_at,
            })
        })
        .collect()
}

/// Writes a fact.
///
/// # Errors
/// The database's.
pub(super) async fn add_appraised(
    connection: &mut PgConnection,
    (id, version): (ApplicationId, i32),
    by: AccountId,
    wanted: &Wanted,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into grid_appraisals (application_id, version, criterion, appraisal, note, author_id, appraised_at)
        values ($1, $2, $3, $4, $5, $6, $7)",
        id.0,
        version,
        wanted.rule.to_string(),
        wanted.appraisal.to_string(),
        wanted.note,
        by.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
