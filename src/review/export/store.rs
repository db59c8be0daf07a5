//! SQL of exports.

use futures_util::TryStreamExt;
use sqlx::{PgConnection, Postgres, QueryBuilder, Row, postgres::PgRow};

use super::Line;
use crate::{
    applications::{AssuranceLevel, Kind, State},
    criteria::Sector,
    ids::{ApplicationId, AuthorizationId},
    problem::Problem,
    review::queue::{Filter, OF_QUEUE, Reading, push_conditions},
};

/// Reads what the queue would show on all its pages, in its order, `most` demandes at most; each is given away before the next is read.
///
/// # Errors
/// The database's, and what `take` refuses.
pub(super) async fn read_lines(
    connection: &mut PgConnection,
    (filter, reading): (&Filter, Reading),
    most: i64,
    mut take: impl FnMut(Line) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select a.id, a.kind, a.state, a.version, a.received_at, a.arrival_rank, a.silence_decides_on, a.service_name,
            v.organisation ->> 'name' as name, v.content #>> '{mandate,vendor,name}' as vendor, v.content #>> '{service,url}' as url,
            a.assurance_level as level, v.content #>> '{case,contribution,sector}' as sector, v.submitted_at,
            o.siret, o.siren, owner.given_name || ' ' || owner.family_name as owner,
            (select coalesce(stands.left_because, stands.standing) from standings stands where stands.application_id = a.id) as footing,
            (select max(id) from authorizations where application_id = a.id) as last_right,
            (select max(decided_at) from decisions where application_id = a.id and version = a.version) as decided_at",
    );
    query.push(OF_QUEUE);
    push_conditions(&mut query, filter, reading);
    query.push(" order by a.received_at, a.id limit ").push_bind(most);
    let query = query.build().persistent(false);
    let mut rows = query.fetch(connection);
    while let Some(row) = rows.try_next().await? {
        take(line(&row)?)?;
    }
    Ok(())
}

fn line(row: &PgRow) -> Result<Line, Problem> {
    Ok(Line {
        id: ApplicationId(row.try_get("id")?),
        authorization: row.try_get::<Option<i64>, _>("last_right")?.map(AuthorizationId),
        kind: row.try_get::<&str, _>("kind")?.parse::<Kind>().map_err(anyhow::Error::from)?,
        state: row.try_get::<&str, _>("state")?.parse::<State>().map_err(anyhow::Error::from)?,
        owner: row.try_get("owner")?,
        organisation: row.try_get("name")?,
        siret: row.try_get("siret")?,
        siren: row.try_get("siren")?,
        vendor: row.try_get("vendor")?,
        service: row.try_get("service_name")?,
        address: row.try_get("url")?,
        level: row.try_get::<&str, _>("level")?.parse::<AssuranceLevel>().map_err(anyhow::Error::from)?,
        sector: row.try_get::<Option<&str>, _>("sector")?.map(str::parse::<Sector>).transpose().map_err(anyhow::Error::from)?,
        arrival_rank: row.try_get("arrival_rank")?,
        version: row.try_get("version")?,
        received_at: row.try_get("received_at")?,
        submitted_at: row.try_get("submitted_at")?,
        decided_at: row.try_get("decided_at")?,
        silence_on: row.try_get("silence_decides_on")?,
        footing: row.try_get::<Option<&str>, _>("footing")?.map(str::parse).transpose().map_err(anyhow::Error::from)?,
    })
}
