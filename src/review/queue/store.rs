//! SQL of the queue: its pages, its counters, and a dossier's neighbours in a list.

use sqlx::{PgConnection, Postgres, QueryBuilder, Row as _, postgres::PgRow};
use time::OffsetDateTime;

use super::{Facts, Filter, Owner, Prepared, Preset, Row, Today};
use crate::{
    applications::{Reach, State},
    criteria::Sector,
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

mod condition;
pub(super) mod owner;
pub(super) mod presence;
pub(super) mod view;

pub(in crate::review) use condition::push_conditions;

/// Rows on one page of the queue.
pub const PAGE: usize = 50;

/// Dossiers of a list that are counted; beyond, « plus de 10 000 » is all that is told.
pub const MOST_COUNTED: i64 = 10_000;

/// For whom a list is read, and on which day.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// Whose « mine » it is.
    pub reader: AccountId,
    /// What is late is counted from.
    pub today: Today,
    /// How the words of a search are looked for.
    pub reach: Reach,
}

impl Reading {
    /// For that person, on that day; words are looked for whole.
    pub fn new(reader: AccountId, today: Today) -> Self {
        Self { reader, today, reach: Reach::Words }
    }
}

/// From where on rows are read; the order is that of reception, which a demande that arrives meanwhile does not disturb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// The oldest.
    Start,
    /// The row after that one.
    After(ApplicationId),
    /// The row before that one, backwards.
    Before(ApplicationId),
}

/// What the queue reads, before it is narrowed.
pub(in crate::review) const OF_QUEUE: &str = " from applications a
    join organisations o on o.id = a.organisation_id
    join application_versions v on v.application_id = a.id and v.number = a.version
    left join prepared_decisions p on p.application_id = a.id and p.version = a.version
    left join accounts owner on owner.id = a.assigned_to
    where a.received_at is not null";

const COLUMNS: &str =
    "select a.id, a.kind, a.service_name, a.state, a.version, a.received_at, a.arrival_rank, a.assigned_to, a.assigned_at,
    a.silence_decides_on, v.organisation ->> 'name' as organisation, v.content #>> '{mandate,vendor,name}' as vendor,
    v.content #>> '{case,contribution,sector}' as sector, a.assurance_level as level,
    owner.given_name || ' ' || owner.family_name as owner_name,
    jsonb_array_length(v.findings)::bigint as checks,
    (select count(*) from jsonb_array_elements(v.findings) as finding where finding ->> 'outcome' = 'pass') as passed,
    array(select asked.service from opinion_requests asked
        where asked.application_id = a.id and asked.version = a.version and not exists (
            select from opinions given
            where given.application_id = a.id and given.version = a.version and given.service = asked.service)) as awaited,
    (select coalesce(stands.left_because, stands.standing) from standings stands where stands.application_id = a.id) as footing,
    p.application_id is not null as is_prepared, p.signed_at is not null as is_signed";

/// Rows of a list from there on, at most so many.
///
/// # Errors
/// The database's.
pub async fn find_rows(
    connection: &mut PgConnection,
    filter: &Filter,
    reading: Reading,
    from: Cursor,
    most: usize,
) -> Result<Vec<Row>, Problem> {
    let mut query = QueryBuilder::<Postgres>::new(COLUMNS);
    query.push(OF_QUEUE);
    push_conditions(&mut query, filter, reading);
    push_place(&mut query, from);
    // To find one row of a rare word the planner would read every demande in order; to find a page of them it takes the index.
    query.push(" limit ").push_bind(i64::try_from(most.max(PAGE + 1)).unwrap_or(i64::MAX));
    // Planned for what is searched: a plan made for any word would read every demande to find a rare one.
    let rows = query.build().persistent(false).fetch_all(connection).await?;
    let mut rows: Vec<Row> = rows.iter().take(most).map(row).collect::<Result<_, _>>()?;
    if matches!(from, Cursor::Before(_)) {
        rows.reverse();
    }
    Ok(rows)
}

/// Rows of a list from there on, and how they were read: words that no dossier of the list holds whole are looked for inside words.
///
/// # Errors
/// The database's.
pub async fn find_page(
    connection: &mut PgConnection,
    filter: &Filter,
    reading: Reading,
    from: Cursor,
    most: usize,
) -> Result<(Reading, Vec<Row>), Problem> {
    let rows = find_rows(connection, filter, reading, from, most).await?;
    if !rows.is_empty() || !filter.search().has_words() {
        return Ok((reading, rows));
    }
    let is_whole = from != Cursor::Start && !find_rows(connection, filter, reading, Cursor::Start, 1).await?.is_empty();
    if is_whole {
        return Ok((reading, rows));
    }
    let inside = Reading { reach: Reach::Parts, ..reading };
    Ok((inside, find_rows(connection, filter, inside, from, most).await?))
}

/// How a list is read: as [`find_page`] reads its first page.
///
/// # Errors
/// The database's.
pub async fn find_reading(connection: &mut PgConnection, filter: &Filter, reading: Reading) -> Result<Reading, Problem> {
    if !filter.search().has_words() {
        return Ok(reading);
    }
    Ok(find_page(connection, filter, reading, Cursor::Start, 1).await?.0)
}

fn push_place(query: &mut QueryBuilder<Postgres>, from: Cursor) {
    let mut push = |compared: &str, id: ApplicationId| {
        query.push(" and (a.received_at, a.id) ").push(compared);
        query.push(" (select received_at, id from applications where id = ").push_bind(id.0).push(")");
    };
    match from {
        Cursor::Start => {}
        Cursor::After(id) => push(">", id),
        Cursor::Before(id) => push("<", id),
    }
    let order = if matches!(from, Cursor::Before(_)) { " order by a.received_at desc, a.id desc" } else { " order by a.received_at, a.id" };
    query.push(order);
}

fn row(row: &PgRow) -> Result<Row, Problem> {
    let awaited: Vec<String> = row.try_get("awaited")?;
    let account = row.try_get::<Option<i64>, _>("assigned_to")?.map(AccountId);
    let named: Option<(String, OffsetDateTime)> =
        row.try_get::<Option<String>, _>("owner_name")?.zip(row.try_get::<Option<OffsetDateTime>, _>("assigned_at")?);
    let decision = match (row.try_get("is_prepared")?, row.try_get("is_signed")?) {
        (true, true) => Some(Prepared::Signed),
        (true, false) => Some(Prepared::Unsigned),
        (false, _) => None,
    };
    Ok(Row {
        id: ApplicationId(row.try_get("id")?),
        kind: read(row, "kind")?,
        organisation: row.try_get("organisation")?,
        vendor: row.try_get("vendor")?,
        service_name: row.try_get("service_name")?,
        sector: row.try_get::<Option<String>, _>("sector")?.and_then(|sector| sector.parse::<Sector>().ok()),
        level: read(row, "level")?,
        facts: Facts {
            state: read::<State>(row, "state")?,
            owner: account,
            awaits_legal: awaited.iter().any(|service| service == "legal"),
            awaits_franceconnect: awaited.iter().any(|service| service == "franceconnect"),
            decision,
        },
        owner: account.zip(named).map(|(account, (name, since))| Owner { account, name, since }),
        version: row.try_get("version")?,
        received_at: row.try_get("received_at")?,
        arrival_rank: row.try_get("arrival_rank")?,
        footing: row.try_get::<Option<&str>, _>("footing")?.map(str::parse).transpose().map_err(anyhow::Error::from)?,
        silence_decides_on: row.try_get("silence_decides_on")?,
        checks: (row.try_get("checks")?, row.try_get("passed")?),
    })
}

fn read<T: std::str::FromStr<Err = strum::ParseError>>(row: &PgRow, column: &str) -> Result<T, Problem> {
    Ok(row.try_get::<String, _>(column)?.parse::<T>().map_err(anyhow::Error::from)?)
}

/// One dossier, as a list shows it.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when it was never received.
pub async fn find_row(connection: &mut PgConnection, id: ApplicationId) -> Result<Row, Problem> {
    let mut query = QueryBuilder::<Postgres>::new(COLUMNS);
    query.push(OF_QUEUE).push(" and a.id = ").push_bind(id.0);
    row(&query.build().fetch_one(connection).await?)
}

/// How many dossiers a list holds, up to one of them when it is given, and one more than [`MOST_COUNTED`] when there are more; nothing for lists
/// that reach back into what was decided, which would be read whole to be counted.
///
/// # Errors
/// The database's.
pub async fn count(connection: &mut PgConnection, filter: &Filter, reading: Reading, up_to: Option<&Row>) -> Result<Option<i64>, Problem> {
    if !filter.is_of_few() {
        return Ok(None);
    }
    let mut query = QueryBuilder::<Postgres>::new("select count(*) from (select");
    query.push(OF_QUEUE);
    push_conditions(&mut query, filter, reading);
    if let Some(row) = up_to {
        query.push(" and (a.received_at, a.id) <= (").push_bind(row.received_at).push(", ").push_bind(row.id.0).push(")");
    }
    query.push(" limit ").push_bind(MOST_COUNTED + 1).push(") as counted");
    Ok(Some(query.build_query_scalar().persistent(false).fetch_one(connection).await?))
}

/// What the ready lists hold.
#[derive(Clone, Debug)]
pub struct Counts {
    /// Dossiers in each list.
    pub lists: Vec<(Preset, i64)>,
    /// When the oldest of those that wait for the team was received.
    pub oldest: Option<OffsetDateTime>,
}

impl Counts {
    /// What that one holds.
    pub fn of(&self, preset: Preset) -> i64 {
        self.lists.iter().find(|(known, _)| *known == preset).map_or(0, |(_, count)| *count)
    }
}

/// Counts every ready list at once, over what is in progress only.
///
/// # Errors
/// The database's.
pub async fn count_lists(connection: &mut PgConnection, reading: Reading) -> Result<Counts, Problem> {
    let mut query = QueryBuilder::<Postgres>::new("select array[");
    for (number, preset) in Preset::ALL.iter().enumerate() {
        query.push(if number == 0 { "count(*) filter (where true" } else { ", count(*) filter (where true" });
        push_conditions(&mut query, &preset.filter(), reading);
        query.push(")");
    }
    query.push(
        "] as lists, min(a.received_at) filter (where a.state = 'submitted') as oldest
        from applications a left join prepared_decisions p on p.application_id = a.id and p.version = a.version
        where a.received_at is not null and a.state in ('submitted', 'changes_requested')",
    );
    let row = query.build().persistent(false).fetch_one(connection).await?;
    let counts: Vec<i64> = row.try_get("lists")?;
    Ok(Counts { lists: Preset::ALL.iter().copied().zip(counts).collect(), oldest: row.try_get("oldest")? })
}
