//! SQL of what is read beside a demande.

use sqlx::PgConnection;

use super::{Relation, Tie};
use crate::{
    ids::{ApplicationId, AuthorizationId},
    problem::Problem,
};

/// Rows of each tie.
const MOST: i64 = 20;

/// The received demandes of the same legal unit, those whose service is at the same address, and those whose service has the same name;
/// each once, the most recent first.
///
/// # Errors
/// The database's.
pub async fn find_relations(connection: &mut PgConnection, id: ApplicationId, version: i32) -> Result<Vec<Relation>, Problem> {
    let rows = sqlx::query!(
        r#"with this as (
            select a.id, a.service_name, o.siren, service_host(v.content) as host
            from applications a join organisations o on o.id = a.organisation_id
                join application_versions v on v.application_id = a.id and v.number = $2
            where a.id = $1
        ), of_siren as (
            select a.id from this join organisations o on o.siren = this.siren
                join applications a on a.organisation_id = o.id and a.received_at is not null order by a.id desc limit $3
        ), of_host as (
            select a.id from this join application_versions v on service_host(v.content) = this.host
                join applications a on a.id = v.application_id and a.version = v.number order by a.id desc limit $3
        ), of_name as (
            select named.id from this cross join lateral (
                select a.id from applications a
                where lower(a.service_name) = lower(this.service_name) and a.received_at is not null order by a.id desc limit $3) as named
        ), tied as (
            select id, min(tie) as tie from (
                select id, '1 same_siren' as tie from of_siren
                union all select id, '2 same_host' from of_host
                union all select id, '3 same_name' from of_name) as every
            where id <> $1 group by id
        )
        select a.id, substr(tie, 3) as "tie!", a.kind, a.state, v.organisation ->> 'name' as "organisation!", a.service_name,
            (select max(h.id) from authorizations h where h.application_id = a.id) as "authorization?"
        from tied join applications a on a.id = tied.id
            join application_versions v on v.application_id = a.id and v.number = a.version
        order by tie, a.id desc"#,
        id.0,
        version,
        MOST
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Relation {
                id: ApplicationId(row.id),
                tie: row.tie.parse::<Tie>().map_err(anyhow::Error::from)?,
                kind: row.kind.parse().map_err(anyhow::Error::from)?,
                state: row.state.parse().map_err(anyhow::Error::from)?,
                organisation: row.organisation,
                service_name: row.service_name,
                authorization: row.authorization.map(AuthorizationId),
            })
        })
        .collect()
}
