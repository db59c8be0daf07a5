//! Act: let rights be used again once their suspension has ended.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{open::tell_holder, store};
use crate::{
    authorizations::{self, State},
    calendar,
    journal::{self, By, Event, RightFact, Subject},
    notifications::RightNews,
    problem::Problem,
};

/// Ends the suspensions whose last day has passed, and tells their holders; how many.
///
/// # Errors
/// The database's.
pub async fn end_suspensions(connection: &mut PgConnection, now: OffsetDateTime) -> Result<usize, Problem> {
    let rights = store::lock_to_restore(connection, calendar::paris_day(now)).await?;
    for right in &rights {
        let authorization = authorizations::find(connection, *right).await?;
        authorizations::store::save_state(connection, *right, State::Active, None, now).await?;
        let subject = Subject::application(authorization.application, authorization.organisation.id);
        journal::record(
            connection,
            &By::Timer("suspensions"),
            subject,
            &Event::AboutRight(RightFact::SuspensionEnded { authorization: *right }),
            now,
        )
        .await?;
        tell_holder(connection, &authorization, RightNews::SuspensionEnded, now).await?;
    }
    Ok(rights.len())
}
