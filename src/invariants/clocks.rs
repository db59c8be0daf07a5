//! The legal clock, computed anew from its facts and compared with the day that is kept.

use sqlx::PgConnection;

use crate::{applications, ids::ApplicationId, problem::Problem};

/// Demandes compared at once.
const AT_ONCE: i64 = 500;

/// As many as are worth telling.
const MOST: usize = 20;

/// Demandes whose kept day is not the one their facts give.
///
/// # Errors
/// The database's.
pub async fn find_departed(connection: &mut PgConnection) -> Result<Vec<String>, Problem> {
    let mut against = Vec::new();
    let mut after = ApplicationId(0);
    loop {
        let ids = applications::find_received_private(connection, after, AT_ONCE).await?;
        let Some(last) = ids.last() else { return Ok(against) };
        after = ApplicationId(*last);
        for clock in applications::find_clocks(connection, &ids).await? {
            let (kept, given) = (clock.kept, clock.facts.clock().decides_on());
            if kept != given && against.len() < MOST {
                let said = |day: Option<jiff::civil::Date>| day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
                against.push(format!("{} keeps {}, its facts give {}", clock.application, said(kept), said(given)));
            }
        }
    }
}
