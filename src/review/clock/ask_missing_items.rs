//! Act: ask for the items without which a demande cannot be decided.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{missing_items::MissingItems, store};
use crate::{
    accounts::Reviewer,
    applications,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
    review::request_changes,
};

/// Gives the demande back to its applicant with the list, the time limit and the rule on the clock (CRPA L114-5, R112-11-4). The clock
/// stops that day; the items arrive with the next version.
///
/// # Errors
/// Those of [`request_changes`]: nothing is asked of a demande somebody decided, or of a version that is no longer the last.
pub async fn ask_missing_items(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    shown: i32,
    asked: &MissingItems,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let version = applications::find_version(connection, id, shown).await?;
    let message = asked.message(version.silence_effect);
    request_changes(connection, by, id, shown, message.into(), service, now).await?;
    store::add_missing_items(connection, by, id, shown, asked, now).await?;
    applications::keep_clock(connection, id).await?;
    let application = applications::find(connection, id).await?;
    let event = Event::MissingItemsAsked { version: shown, limit_on: asked.limit_on.to_string() };
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &event, now).await
}
