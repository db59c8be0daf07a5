//! SQL of the views people saved.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    ids::AccountId,
    problem::Problem,
    review::queue::{Filter, View},
};

/// The views somebody saved, by name.
///
/// # Errors
/// The database's.
pub async fn find_views(connection: &mut PgConnection, account: AccountId) -> Result<Vec<View>, Problem> {
    let rows = sqlx::query!("select id, name, query from queue_views where account_id = $1 order by lower(name), id", account.0)
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| View { id: row.id, name: row.name, filter: Filter::parse(&row.query) }).collect())
}

/// Writes a view down, in the place of the one of that name.
///
/// # Errors
/// The database's.
pub(in crate::review) async fn save_view(
    connection: &mut PgConnection,
    account: AccountId,
    name: &str,
    filter: &Filter,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into queue_views (account_id, name, query, created_at) values ($1, $2, $3, $4)
        on conflict on constraint queue_views_are_named_once do update set query = excluded.query",
        account.0,
        name,
        filter.query(),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets a view of somebody's; its name, unless it is not theirs.
///
/// # Errors
/// The database's.
pub(in crate::review) async fn remove_view(connection: &mut PgConnection, account: AccountId, id: i64) -> Result<Option<String>, Problem> {
    let name = sqlx::query_scalar!("delete from queue_views where id = $1 and account_id = $2 returning name", id, account.0)
        .fetch_optional(connection)
        .await?;
    Ok(name)
}
