//! SQL of what demandes waited for.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::delay::{self, Waits};
use crate::{applications::Kind, problem::Problem};

/// What the last decided demandes of a kind waited for the team, decision by decision.
///
/// # Errors
/// The database's.
pub async fn find_last_waits(connection: &mut PgConnection, kind: Kind) -> Result<Vec<Waits>, Problem> {
    let rows = sqlx::query!(
        r#"select array_agg(coalesce(reopening.reopened_at, v.submitted_at) order by d.id) as "from!: Vec<OffsetDateTime>",
            array_agg(d.decided_at order by d.id) as "to!: Vec<OffsetDateTime>"
        from (
            select final.id, final.application_id from decisions final join applications a on a.id = final.application_id
            where final.outcome in ('approved', 'refused') and a.kind = $1
            order by final.decided_at desc, final.id limit $2
        ) as last
        join decisions d on d.application_id = last.application_id
        join application_versions v on v.application_id = d.application_id and v.number = d.version
        left join reopenings reopening
            on reopening.application_id = d.application_id and reopening.number = d.opening and reopening.version = d.version
        group by last.id"#,
        kind.to_string(),
        i64::try_from(delay::MOST).unwrap_or(i64::MAX)
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| row.from.into_iter().zip(row.to).collect()).collect())
}
