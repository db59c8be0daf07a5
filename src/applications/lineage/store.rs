//! SQL of resumed demandes.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Lineage, Relative};
use crate::{
    applications::state::State,
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

/// Where a demande comes from and what came of it, as its applicant knows it.
///
/// # Errors
/// The database's.
pub async fn find_lineage(connection: &mut PgConnection, id: ApplicationId) -> Result<Lineage, Problem> {
    let rows = sqlx::query!(
        r#"select relative.id, relative.state, relative.version > 0 as "is_received!", relative.resumed_from is distinct from $1 as "is_origin!"
        from applications relative
        where relative.id = (select resumed_from from applications where id = $1)
            or (relative.resumed_from = $1 and relative.state <> 'deleted')
        order by relative.id"#,
        id.0
    )
    .fetch_all(connection)
    .await?;
    let mut lineage = Lineage::default();
    for row in rows {
        let state = row.state.parse::<State>().map_err(anyhow::Error::from)?;
        let relative = Relative { id: ApplicationId(row.id), state, is_received: row.is_received };
        if row.is_origin { lineage.origin = Some(relative) } else { lineage.resumed.push(relative) }
    }
    Ok(lineage)
}

/// Makes an empty draft the heir of a demande: what was typed in that one, as it was last saved there. False when it has an origin already.
///
/// # Errors
/// The database's.
pub async fn save_origin(
    connection: &mut PgConnection,
    id: ApplicationId,
    origin: ApplicationId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let linked = sqlx::query!(
        "update applications set resumed_from = $2, service_name = (select service_name from applications where id = $2)
        where id = $1 and resumed_from is null",
        id.0,
        origin.0
    )
    .execute(&mut *connection)
    .await?;
    if linked.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "insert into draft_steps (application_id, step, fields, saved_at, saved_by, revision)
        select $1, step, fields, $3, $4, 1 from draft_steps where application_id = $2",
        id.0,
        origin.0,
        now,
        by.0
    )
    .execute(connection)
    .await?;
    Ok(true)
}
