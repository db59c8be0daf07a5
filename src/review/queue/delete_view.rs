//! Act: forget a view one saved.

use sqlx::PgConnection;

use super::store::view;
use crate::{accounts::Staff, problem::Problem};

/// Forgets a view; its name, or nothing when it was forgotten before or is not theirs.
///
/// # Errors
/// The database's.
pub async fn delete_view(connection: &mut PgConnection, by: &Staff, id: i64) -> Result<Option<String>, Problem> {
    view::remove_view(connection, by.person().account, id).await
}
