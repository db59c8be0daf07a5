//! SQL of the list of rights.

use sqlx::{PgConnection, Postgres, QueryBuilder, Row};

use crate::{
    applications::{Reach, push_search},
    authorizations::{Filter, Granted, State, Target},
    ids::AuthorizationId,
    problem::Problem,
};

/// A page of the rights a reader may see, the most recent first: one more than `page` means that more follow.
///
/// # Errors
/// The database's.
pub async fn find_granted(connection: &mut PgConnection, filter: &Filter, page: usize) -> Result<Vec<Granted>, Problem> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select h.id, h.organisation ->> 'name' as organisation, h.content #>> '{service,name}' as service, h.state, h.granted_at
        from authorizations h join applications a on a.id = h.application_id join organisations o on o.id = h.organisation_id
        where true",
    );
    if let Some(reader) = filter.reader {
        query.push(" and (a.applicant_id = ").push_bind(reader.0);
        for organisation in ["h.organisation_id", "a.represented_by"] {
            query
                .push(" or ")
                .push(organisation)
                .push(" in (select organisation_id from memberships where verified_at is not null and account_id = ");
            query.push_bind(reader.0).push(")");
        }
        query.push(")");
    }
    match &filter.target {
        Target::Right(id) => drop(query.push(" and h.id = ").push_bind(id.0)),
        Target::Application(id) => drop(query.push(" and h.application_id = ").push_bind(id.0)),
        Target::Other(search) => push_search(&mut query, search, Reach::Names("h.organisation ->> 'name'")),
    }
    if let Some(state) = filter.state {
        query.push(" and h.state = ").push_bind(state.to_string());
    }
    if let Some(after) = filter.after {
        query.push(" and h.id < ").push_bind(after.0);
    }
    query.push(" order by h.id desc limit ").push_bind(i64::try_from(page + 1).unwrap_or(i64::MAX));
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(Granted {
                id: AuthorizationId(row.try_get("id")?),
                organisation: row.try_get("organisation")?,
                service: row.try_get("service")?,
                state: row.try_get::<String, _>("state")?.parse::<State>().map_err(anyhow::Error::from)?,
                granted_at: row.try_get("granted_at")?,
            })
        })
        .collect()
}
