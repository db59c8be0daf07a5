//! Act: have a dossier before one's eyes. It blocks nobody; colleagues are told for a few minutes, and it is forgotten within the day.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::store::presence;
use crate::{accounts::Staff, ids::ApplicationId, problem::Problem};

/// How long one is said to be there after the last sign.
const THERE: Duration = Duration::minutes(3);
/// How long a sign is kept.
const KEPT: Duration = Duration::days(1);

/// What somebody finds on opening a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The others who have it before their eyes, by name.
    pub others: Vec<String>,
    /// The list they opened it from, now or earlier that day.
    pub list: Option<String>,
}

/// Writes down that somebody is there, and from which list they came when it is told.
///
/// # Errors
/// The database's.
pub async fn look(
    connection: &mut PgConnection,
    by: &Staff,
    id: ApplicationId,
    list: Option<&str>,
    now: OffsetDateTime,
) -> Result<Looked, Problem> {
    let account = by.person().account;
    let list = presence::save_seen(connection, id, account, list, (now, now - KEPT)).await?;
    Ok(Looked { others: presence::find_present(connection, id, account, now - THERE).await?, list })
}
