//! Act: what time alone brings to a granted place that its holder has not confirmed: it is recalled, then it goes on.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{give_back::end_right, run::TIMER, words};
use crate::{
    accounts, applications,
    authorizations::{self, Authorization},
    calendar,
    experimentation::{Leaving, find_open_offer, find_open_offers},
    ids::ApplicationId,
    journal::By,
    notifications::{self, Letter, ParticipationNews, Passage},
    problem::Problem,
};

/// The candidatures whose place is to be recalled, or was not confirmed in time.
///
/// # Errors
/// The database's.
pub(super) async fn find_offers_to_follow(connection: &mut PgConnection, now: OffsetDateTime) -> Result<Vec<ApplicationId>, Problem> {
    let today = calendar::paris_date(now);
    let near = find_open_offers(connection, calendar::days_after(today, 7)).await?;
    Ok(near.into_iter().filter(|offer| offer.has_lapsed(today) || offer.reminder(today).is_some()).map(|offer| offer.application).collect())
}

/// Recalls a place that is not confirmed, or ends the right it came with once its last day is past: the place goes to the next one. Safe to run at
/// any time, late, twice, by several at once: the candidature is locked, the answer is read again, and each thing is told once.
///
/// # Errors
/// The database's.
pub(super) async fn follow_offer(connection: &mut PgConnection, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let application = applications::lock(connection, id).await?;
    let today = calendar::paris_date(now);
    let Some(offer) = find_open_offer(connection, id).await? else { return Ok(()) };
    let right = authorizations::find_of_application(connection, id).await?.ok_or(Problem::NotFound)?;
    let right = authorizations::find(connection, right).await?;
    if offer.has_lapsed(today) {
        end_right(connection, &By::Timer(TIMER), application.organisation, &right, Leaving::Unconfirmed, now).await?;
        return tell(connection, &right, "place not confirmed", words::of_lapsed_place(&offer), now).await;
    }
    match offer.reminder(today) {
        Some(days) => {
            let occasion = format!("place to confirm by {}, {days} days before", offer.answer_by);
            tell(connection, &right, &occasion, words::of_place_to_confirm(&offer, today), now).await
        }
        None => Ok(()),
    }
}

/// Writes to whoever filed the candidature; when their account was closed since, the pages tell it.
pub(super) async fn tell(
    connection: &mut PgConnection,
    right: &Authorization,
    occasion: &str,
    (news, says): (ParticipationNews, Vec<Passage>),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let Some(holder) = accounts::find_person(connection, right.applicant).await? else { return Ok(()) };
    let letter = Letter::OfParticipation { about: right.about(), authorization: right.id, news, says };
    notifications::enqueue(connection, &format!("{} {occasion}", right.id), &holder.as_recipient(), &letter, now).await
}
