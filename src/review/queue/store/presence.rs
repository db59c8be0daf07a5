//! SQL of who has a dossier before their eyes.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

/// Writes down that somebody sees a dossier, and from which list they opened it when it is told; forgets where they were before that day. The
/// list they opened it from, told now or before.
///
/// # Errors
/// The database's.
pub(in crate::review) async fn save_seen(
    connection: &mut PgConnection,
    id: ApplicationId,
    account: AccountId,
    list: Option<&str>,
    (now, forgotten_before): (OffsetDateTime, OffsetDateTime),
) -> Result<Option<String>, Problem> {
    sqlx::query!("delete from dossier_presences where account_id = $1 and seen_at < $2", account.0, forgotten_before)
        .execute(&mut *connection)
        .await?;
    let list = sqlx::query_scalar!(
        "insert into dossier_presences (application_id, account_id, seen_at, list) values ($1, $2, $3, $4)
        on conflict on constraint dossier_presences_pkey
            do update set seen_at = excluded.seen_at, list = coalesce(excluded.list, dossier_presences.list)
        returning list",
        id.0,
        account.0,
        now,
        list
    )
    .fetch_one(connection)
    .await?;
    Ok(list)
}

/// The list somebody opened a dossier from, that day.
///
/// # Errors
/// The database's.
pub async fn find_list(connection: &mut PgConnection, id: ApplicationId, account: AccountId) -> Result<Option<String>, Problem> {
    let list = sqlx::query_scalar!("select list from dossier_presences where application_id = $1 and account_id = $2", id.0, account.0)
        .fetch_optional(connection)
        .await?;
    Ok(list.flatten())
}

/// The others who have seen a dossier since then, by name, the last one first.
///
/// # Errors
/// The database's.
pub async fn find_present(
    connection: &mut PgConnection,
    id: ApplicationId,
    but: AccountId,
    since: OffsetDateTime,
) -> Result<Vec<String>, Problem> {
    let names = sqlx::query_scalar!(
        r#"select given_name || ' ' || family_name as "name!"
        from dossier_presences join accounts on accounts.id = account_id
        where application_id = $1 and account_id <> $2 and seen_at > $3 order by seen_at desc, accounts.id"#,
        id.0,
        but.0,
        since
    )
    .fetch_all(connection)
    .await?;
    Ok(names)
}
