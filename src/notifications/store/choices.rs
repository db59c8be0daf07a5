//! SQL of what members of the team chose to receive, and of what waits for their digest.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use crate::{
    ids::{AccountId, ApplicationId},
    notifications::{DigestLine, Pace, Recipient, Topic},
    problem::Problem,
};

/// How often whoever has that address wants such news; each time unless they chose.
///
/// # Errors
/// The database's.
pub async fn find_pace(connection: &mut PgConnection, address: &str, topic: Topic) -> Result<Pace, Problem> {
    let pace = sqlx::query_scalar!(
        "select pace from letter_choices join accounts on accounts.id = account_id where email = $1 and topic = $2",
        address,
        topic.to_string()
    )
    .fetch_optional(connection)
    .await?;
    Ok(pace.map(|pace| pace.parse()).transpose().map_err(anyhow::Error::from)?.unwrap_or_default())
}

/// What somebody chose, topic by topic.
///
/// # Errors
/// The database's.
pub async fn find_choices(connection: &mut PgConnection, account: AccountId) -> Result<Vec<(Topic, Pace)>, Problem> {
    let rows = sqlx::query!("select topic, pace from letter_choices where account_id = $1", account.0).fetch_all(connection).await?;
    // A topic this program does not know was chosen about in a later one.
    let chosen: Vec<(Topic, Pace)> = rows.iter().filter_map(|row| Some((row.topic.parse().ok()?, row.pace.parse().ok()?))).collect();
    let pace = |topic| chosen.iter().find(|(known, _)| *known == topic).map(|(_, pace)| *pace).unwrap_or_default();
    Ok(Topic::ALL.iter().map(|topic| (*topic, pace(*topic))).collect())
}

/// Writes a choice; false when it was the same.
///
/// # Errors
/// The database's.
pub async fn save_choice(connection: &mut PgConnection, account: AccountId, topic: Topic, pace: Pace) -> Result<bool, Problem> {
    let saved = sqlx::query!(
        "insert into letter_choices (account_id, topic, pace) values ($1, $2, $3)
        on conflict on constraint letter_choices_pkey do update set pace = excluded.pace where letter_choices.pace <> excluded.pace",
        account.0,
        topic.to_string(),
        pace.to_string()
    )
    .execute(connection)
    .await?;
    Ok(saved.rows_affected() > 0)
}

/// Keeps a piece of news for the digest of whoever has that address; once, however often the act is tried.
///
/// # Errors
/// The database's.
pub(in crate::notifications) async fn add_digest_line(
    connection: &mut PgConnection,
    deduplication_key: &str,
    address: &str,
    line: &DigestLine,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into digest_lines (account_id, deduplication_key, says, application_id, written_at)
        select id, $2, $3, $4, $5 from accounts where email = $1
        on conflict on constraint digest_lines_are_written_once do nothing",
        address,
        deduplication_key,
        line.says,
        line.application.map(|application| application.0),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that the digest of that day leaves, for everybody for whom something written before that moment waits and none has left that day; for whom. Of two workers,
/// the second finds nobody.
///
/// # Errors
/// The database's.
pub(in crate::notifications) async fn save_digest_day(
    connection: &mut PgConnection,
    day: Date,
    until: OffsetDateTime,
) -> Result<Vec<AccountId>, Problem> {
    let accounts = sqlx::query_scalar!(
        "insert into digest_days (account_id, day) select distinct account_id, $1::date from digest_lines where written_at < $2 order by account_id
        on conflict on constraint digest_days_pkey do update set day = excluded.day where digest_days.day < excluded.day
        returning account_id",
        day,
        until
    )
    .fetch_all(connection)
    .await?;
    Ok(accounts.into_iter().map(AccountId).collect())
}

/// Takes what was written for somebody before that moment, oldest first.
///
/// # Errors
/// The database's.
pub(in crate::notifications) async fn take_digest_lines(
    connection: &mut PgConnection,
    account: AccountId,
    until: OffsetDateTime,
) -> Result<Vec<DigestLine>, Problem> {
    let rows = sqlx::query!(
        r#"with taken as (delete from digest_lines where account_id = $1 and written_at < $2 returning id, says, application_id)
        select says as "says!", application_id from taken order by id"#,
        account.0,
        until
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| DigestLine { says: row.says, application: row.application_id.map(ApplicationId) }).collect())
}

/// Somebody of the team who may sign in, as the recipient of a letter.
///
/// # Errors
/// The database's.
pub(in crate::notifications) async fn find_member_recipient(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<Option<Recipient>, Problem> {
    let row = sqlx::query!(
        r#"select email, given_name || ' ' || family_name as "name!" from accounts
        where id = $1 and id in (select account_id from account_roles)
            and confirmed_at is not null and closed_at is null and disabled_at is null"#,
        account.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Recipient { address: row.email, name: row.name }))
}
