//! Somebody ends sessions of theirs, on another machine perhaps.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::actor::Applicant;
use crate::{
    journal::{self, Event, Subject},
    problem::Problem,
    web::session::{self, SessionKey},
};

/// Which sessions end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// That one.
    One(SessionKey),
    /// Every one but that one.
    AllBut(SessionKey),
}

/// Ends them; how many. Somebody else's are never touched.
///
/// # Errors
/// The database's.
pub async fn end_sessions(connection: &mut PgConnection, by: &Applicant, ending: Ending, now: OffsetDateTime) -> Result<u64, Problem> {
    let account = by.person().account;
    let count = match ending {
        Ending::One(key) => u64::from(session::end(connection, account, key).await?),
        Ending::AllBut(key) => session::end_all(connection, account, Some(key)).await?,
    };
    if count > 0 {
        journal::record(connection, &by.by(), Subject::account(account), &Event::SessionsEnded { count }, now).await?;
    }
    Ok(count)
}
