//! SQL of sessions.

use serde_json::Value;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{
    IDLE, LIFE, NewSession, OwnSession, SessionKey, SessionState, UserAgent,
    record::{REMEMBERED, SEEN_EVERY},
};
use crate::{ids::AccountId, problem::Problem};

pub(super) async fn add(
    connection: &mut PgConnection,
    key: SessionKey,
    opened: Option<&NewSession>,
    data: &Value,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let idle = i32::try_from(IDLE.whole_minutes()).map_err(anyhow::Error::from)?;
    sqlx::query!(
        "insert into sessions (id_hash, account_id, data, user_agent, created_at, last_seen_at, idle_minutes, expires_at)
         values ($1, $2, $3, $4, $5, $5, $6, $7)",
        key.0.as_slice(),
        opened.map(|opened| opened.account.0),
        data,
        opened.map_or("", |opened| opened.user_agent.as_str()),
        now,
        opened.map_or(idle, |opened| opened.idle_minutes),
        now + LIFE
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn save(connection: &mut PgConnection, key: SessionKey, data: &Value) -> Result<(), Problem> {
    sqlx::query!("update sessions set data = $2 where id_hash = $1", key.0.as_slice(), data).execute(connection).await?;
    Ok(())
}

/// What a living session holds, and its absolute end.
pub(super) async fn find_data(
    connection: &mut PgConnection,
    key: SessionKey,
    now: OffsetDateTime,
) -> Result<Option<(Value, OffsetDateTime)>, Problem> {
    let row = sqlx::query!(
        "select data, expires_at from sessions
         where id_hash = $1 and expires_at > $2 and last_seen_at + make_interval(mins => idle_minutes) > $2",
        key.0.as_slice(),
        now
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.data, row.expires_at)))
}

pub(super) async fn remove(connection: &mut PgConnection, key: SessionKey) -> Result<(), Problem> {
    sqlx::query!("delete from sessions where id_hash = $1", key.0.as_slice()).execute(connection).await?;
    Ok(())
}

/// Whether that session of a person lives or has just ended. None when it is unknown, or nobody's.
///
/// # Errors
/// The database's.
pub async fn find_state(connection: &mut PgConnection, key: SessionKey, now: OffsetDateTime) -> Result<Option<SessionState>, Problem> {
    let row = sqlx::query!(
        r#"select account_id as "account_id!", last_seen_at, idle_minutes, expires_at
         from sessions where id_hash = $1 and account_id is not null"#,
        key.0.as_slice()
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| {
        let idle = Duration::minutes(row.idle_minutes.into());
        SessionState::at(now, AccountId(row.account_id), row.last_seen_at, idle, row.expires_at)
    }))
}

/// Writes down that the session is in use; at most once a minute, whatever the number of requests.
///
/// # Errors
/// The database's.
pub async fn touch(connection: &mut PgConnection, key: SessionKey, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "update sessions set last_seen_at = $2 where id_hash = $1 and last_seen_at <= $3",
        key.0.as_slice(),
        now,
        now - SEEN_EVERY
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A person's living sessions, the last used first.
///
/// # Errors
/// The database's.
pub async fn find_of_account(connection: &mut PgConnection, account: AccountId, now: OffsetDateTime) -> Result<Vec<OwnSession>, Problem> {
    let rows = sqlx::query!(
        "select id_hash, user_agent, created_at, last_seen_at from sessions
         where account_id = $1 and expires_at > $2 and last_seen_at + make_interval(mins => idle_minutes) > $2
         order by last_seen_at desc, created_at desc, id_hash",
        account.0,
        now
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let key = row.id_hash.try_into().map_err(|_| anyhow::anyhow!("a session key that is not a SHA-256"))?;
            Ok(OwnSession {
                key: SessionKey(key),
                user_agent: UserAgent::read(&row.user_agent),
                created_at: row.created_at,
                last_seen_at: row.last_seen_at,
            })
        })
        .collect()
}

/// Ends one session of that person; false when it is not theirs or has ended.
///
/// # Errors
/// The database's.
pub async fn end(connection: &mut PgConnection, account: AccountId, key: SessionKey) -> Result<bool, Problem> {
    let ended = sqlx::query!("delete from sessions where id_hash = $1 and account_id = $2", key.0.as_slice(), account.0)
        .execute(connection)
        .await?
        .rows_affected();
    Ok(ended > 0)
}

/// Ends every session of that person, or every one but one; how many.
///
/// # Errors
/// The database's.
pub async fn end_all(connection: &mut PgConnection, account: AccountId, but: Option<SessionKey>) -> Result<u64, Problem> {
    let but = but.map(|key| key.0);
    let ended = sqlx::query!(
        "delete from sessions where account_id = $1 and ($2::bytea is null or id_hash <> $2)",
        account.0,
        but.as_ref().map(<[u8; 32]>::as_slice)
    )
    .execute(connection)
    .await?
    .rows_affected();
    Ok(ended)
}

/// Forgets the sessions that ended a day ago; how many.
///
/// # Errors
/// The database's.
pub async fn purge(connection: &mut PgConnection, now: OffsetDateTime) -> Result<u64, Problem> {
    let purged = sqlx::query!(
        "delete from sessions where least(expires_at, last_seen_at + make_interval(mins => idle_minutes)) < $1",
        now - REMEMBERED
    )
    .execute(connection)
    .await?
    .rows_affected();
    Ok(purged)
}
