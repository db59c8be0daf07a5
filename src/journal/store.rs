//! SQL of the journal.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{By, Entry, Event, Subject};
use crate::{
    ids::{AccountId, ApplicationId, OrganisationId},
    problem::Problem,
};

/// Writes a fact in the transaction of the act.
///
/// # Errors
/// The database's.
pub async fn record(connection: &mut PgConnection, by: &By, subject: Subject, event: &Event, now: OffsetDateTime) -> Result<(), Problem> {
    let (kind, account, name) = match by {
        By::Person { account, name } => ("person", Some(account.0), name.as_str()),
        By::Operator { name } => ("operator", None, name.as_str()),
        By::Contact { name } => ("contact", None, name.as_str()),
        By::Timer(name) => ("timer", None, *name),
    };
    let (name_of_event, details) = written(event)?;
    sqlx::query!(
        "insert into journal (at, actor_kind, actor_account_id, actor_name, event, application_id, organisation_id, account_id, details)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        now,
        kind,
        account,
        name,
        name_of_event,
        subject.application.map(|id| id.0),
        subject.organisation.map(|id| id.0),
        subject.account.map(|id| id.0),
        details
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether that person did the same to the demande after that moment, and it was told.
///
/// # Errors
/// The database's.
pub async fn was_told_since(
    connection: &mut PgConnection,
    by: AccountId,
    application: ApplicationId,
    event: &Event,
    since: OffsetDateTime,
) -> Result<bool, Problem> {
    let (name, details) = written(event)?;
    let told = sqlx::query_scalar!(
        r#"select exists (select from journal
            where application_id = $1 and actor_account_id = $2 and event = $3 and details = $4 and at > $5) as "told!""#,
        application.0,
        by.0,
        name,
        details,
        since
    )
    .fetch_one(connection)
    .await?;
    Ok(told)
}

/// The facts of a demande, oldest first.
///
/// # Errors
/// The database's, or a row whose event the program does not know.
pub async fn find_of_application(connection: &mut PgConnection, application: ApplicationId) -> Result<Vec<Entry>, Problem> {
    let rows = sqlx::query!("select at, actor_name, event, details from journal where application_id = $1 order by id", application.0)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(|row| Ok(Entry { at: row.at, by: row.actor_name, about: None, event: read(row.event, row.details)? })).collect()
}

/// The last facts of an organisation and its people, demandes left out, the most recent first.
///
/// # Errors
/// As [`find_of_application`].
pub async fn find_of_organisation(connection: &mut PgConnection, organisation: OrganisationId, most: i64) -> Result<Vec<Entry>, Problem> {
    let rows = sqlx::query!(
        r#"select at, actor_name, event, details, given_name || ' ' || family_name as about
        from journal left join accounts on accounts.id = account_id
        where organisation_id = $1 and application_id is null order by journal.id desc limit $2"#,
        organisation.0,
        most
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| Ok(Entry { at: row.at, by: row.actor_name, about: row.about, event: read(row.event, row.details)? }))
        .collect()
}

/// What became of somebody's place in the team, the most recent first; what they do with their account is theirs.
///
/// # Errors
/// As [`find_of_application`].
pub async fn find_of_member(connection: &mut PgConnection, account: AccountId, most: i64) -> Result<Vec<Entry>, Problem> {
    let rows = sqlx::query!(
        "select at, actor_name, event, details from journal
        where account_id = $1
            and event in ('account_created', 'address_confirmed', 'role_granted', 'role_taken', 'account_suspended', 'account_reopened')
        order by id desc limit $2",
        account.0,
        most
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(|row| Ok(Entry { at: row.at, by: row.actor_name, about: None, event: read(row.event, row.details)? })).collect()
}

/// The name of an event and what it says, as stored.
fn written(event: &Event) -> Result<(String, Value), Problem> {
    let mut details = serde_json::to_value(event).map_err(anyhow::Error::from)?;
    let name = details.as_object_mut().and_then(|fields| fields.remove("event")).and_then(|name| name.as_str().map(str::to_owned));
    Ok((name.ok_or_else(|| anyhow::anyhow!("an event without a name"))?, details))
}

fn read(name: String, mut details: Value) -> Result<Event, Problem> {
    if let Some(fields) = details.as_object_mut() {
        fields.insert("event".into(), Value::String(name));
    }
    Ok(serde_json::from_value(details).map_err(anyhow::Error::from)?)
}

/// The first row whose seal no longer fits: changed, removed, inserted or moved. None when the chain holds.
///
/// # Errors
/// The database's.
pub async fn first_broken_seal(connection: &mut PgConnection) -> Result<Option<i64>, Problem> {
    let broken = sqlx::query_scalar!(
        r#"select id as "id!" from (
            select id, hash, previous_hash, journal_seal(journal) as seal,
                lag(hash, 1, ''::bytea) over (order by id) as hash_before,
                row_number() over (order by id) as position
            from journal) as chain
        where hash <> seal or previous_hash <> hash_before or id <> position
        order by id limit 1"#
    )
    .fetch_optional(connection)
    .await?;
    Ok(broken)
}
