//! SQL of the list of a person's demandes.

use sqlx::{PgConnection, Postgres, QueryBuilder, Row};

use super::{Filter, Group, Listed, Whose};
use crate::{
    applications::{
        search::store::{Reach, push_search},
        state::State,
        store::ApplicationRow,
    },
    ids::AccountId,
    problem::Problem,
};

/// Rows on one page of the list.
pub(in crate::applications) const PAGE: usize = 25;

/// The organisation as the reader names it.
const NAME: &str = "organisation_named_by(reader.id, o.id, a.represented_by)";

/// From the demandes a person may read: their own, and those of their colleagues where their own membership is confirmed. A draft nobody
/// but its author ever saw and that was taken back is theirs. Everything of the filter but the state and the page.
fn readable(select: &str, reader: AccountId, filter: &Filter) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(select);
    query
        .push(
            " from applications a
            join organisations o on o.id = a.organisation_id
            join accounts p on p.id = a.applicant_id
            cross join (select ",
        )
        .push_bind(reader.0)
        .push("::bigint as id) reader where (a.applicant_id = ")
        .push_bind(reader.0)
        .push(" or (a.organisation_id in (select organisation_id from memberships where verified_at is not null and account_id = ")
        .push_bind(reader.0)
        .push(") and (a.state <> 'withdrawn' or a.version > 0))) and a.state <> 'deleted'");
    if let Some(organisation) = filter.organisation {
        query.push(" and a.organisation_id = ").push_bind(organisation.0);
    }
    if let Some(kind) = filter.kind {
        query.push(" and a.kind = ").push_bind(kind.to_string());
    }
    match filter.whose {
        Some(Whose::Mine) => drop(query.push(" and a.applicant_id = ").push_bind(reader.0)),
        Some(Whose::Colleagues) => drop(query.push(" and a.applicant_id <> ").push_bind(reader.0)),
        None => {}
    }
    push_search(&mut query, &filter.search, Reach::Names(NAME));
    query
}

/// The rank of [`Group::of`], in SQL; a test holds the two together.
fn push_rank(query: &mut QueryBuilder<Postgres>, reader: AccountId) {
    query.push("case");
    for (state, own) in [
        (State::Approved, None),
        (State::Refused, None),
        (State::Withdrawn, None),
        (State::Closed, None),
        (State::Deleted, None),
        (State::Draft, Some(())),
        (State::Submitted, Some(())),
        (State::ChangesRequested, Some(())),
        (State::Reopened, Some(())),
    ] {
        query.push(" when a.state = '").push(state).push("'");
        if own.is_some() {
            query.push(" and a.applicant_id = ").push_bind(reader.0);
        }
        query.push(" then ").push(Group::of(state, true).rank());
    }
    query.push(" else ").push(Group::OfColleagues.rank()).push(" end");
}

/// A page of the list; one row more than a page means that more follow.
///
/// # Errors
/// The database's.
pub(in crate::applications) async fn find_page(
    connection: &mut PgConnection,
    reader: AccountId,
    filter: &Filter,
) -> Result<Vec<Listed>, Problem> {
    let columns = format!(
        "select a.id, a.kind, a.campaign_id, a.organisation_id, a.represented_by, a.applicant_id, a.state, a.service_name, a.created_at, a.updated_at,
            a.received_at, a.arrival_rank, a.version, a.reopened_from, {NAME} as name, p.given_name || ' ' || p.family_name as author"
    );
    let mut query = readable(&columns, reader, filter);
    if let Some(state) = filter.state {
        query.push(" and a.state = ").push_bind(state.to_string());
    }
    if let Some(after) = filter.after {
        query.push(" and (");
        push_rank(&mut query, reader);
        query.push(" > ").push_bind(after.rank).push(" or (");
        push_rank(&mut query, reader);
        query.push(" = ").push_bind(after.rank).push(" and (a.updated_at, a.id) < (");
        query.push_bind(after.updated_at).push(", ").push_bind(after.id.0).push(")))");
    }
    query.push(" order by ");
    push_rank(&mut query, reader);
    query.push(", a.updated_at desc, a.id desc limit ").push_bind(i64::try_from(PAGE + 1).unwrap_or(i64::MAX));
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let applicant_id: i64 = row.try_get("applicant_id")?;
            let application = ApplicationRow {
                id: row.try_get("id")?,
                kind: row.try_get("kind")?,
                campaign_id: row.try_get("campaign_id")?,
                organisation_id: row.try_get("organisation_id")?,
                represented_by: row.try_get("represented_by")?,
                applicant_id,
                state: row.try_get("state")?,
                service_name: row.try_get("service_name")?,
                created_at: row.try_get("created_at")?,
                updated_at: row.try_get("updated_at")?,
                received_at: row.try_get("received_at")?,
                arrival_rank: row.try_get("arrival_rank")?,
                version: row.try_get("version")?,
                reopened_from: row.try_get("reopened_from")?,
            };
            let colleague = if applicant_id == reader.0 { None } else { Some(row.try_get("author")?) };
            Ok(Listed { application: application.try_into()?, organisation: row.try_get("name")?, colleague })
        })
        .collect()
}

/// How many of them stand in each state, one's own and colleagues' apart; the state of the filter is left out.
///
/// # Errors
/// The database's.
pub(in crate::applications) async fn count(
    connection: &mut PgConnection,
    reader: AccountId,
    filter: &Filter,
) -> Result<Vec<(State, bool, i64)>, Problem> {
    let mut query = readable("select a.state, a.applicant_id as applicant, count(*) as count", reader, filter);
    query.push(" group by a.state, a.applicant_id");
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let state = row.try_get::<String, _>("state")?.parse::<State>().map_err(anyhow::Error::from)?;
            Ok((state, row.try_get::<i64, _>("applicant")? == reader.0, row.try_get("count")?))
        })
        .collect()
}
