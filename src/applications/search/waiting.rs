//! Search documents that wait to be written again.

use sqlx::PgConnection;

use super::store;
use crate::problem::Problem;

/// Documents written in one go: a second or so.
const MOST: i32 = 500;

/// Writes some of the search documents that wait since their applicant changed their name, address or account; how many.
///
/// # Errors
/// The database's.
pub async fn write_waiting_documents(connection: &mut PgConnection) -> Result<i64, Problem> {
    store::write_waiting(connection, MOST).await
}
