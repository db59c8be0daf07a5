//! Act: what time alone brings to a participation: its end is recalled, then comes; reports and certificates that are
//! missing are recalled. Each thing is told once,
//! however often this runs.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Participation, destruction, due,
    end::{end, over},
    lapse_offer::{find_offers_to_follow, follow_offer},
    send::lock,
    store::{
        self,
        reports::{Counts, find_counts},
    },
    words, year,
};
use crate::{
    accounts, calendar,
    ids::ApplicationId,
    notifications::{self, Letter, ParticipationNews, Passage},
    problem::Problem,
};

/// The timer's name in the journal.
pub(super) const TIMER: &str = "Le guichet";

/// What time alone brings, in the order it is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum Chore {
    /// A granted place is not confirmed; access has not opened yet.
    FollowOffer,
    /// It is over.
    End,
    /// Its end comes near.
    WarnOfEnd,
    /// A report is missing.
    Recall,
    /// The certificate of the end is missing.
    RecallCertificate,
}

/// The candidatures a chore may be due for.
///
/// # Errors
/// The database's.
pub async fn find_chores(connection: &mut PgConnection, chore: Chore, now: OffsetDateTime) -> Result<Vec<ApplicationId>, Problem> {
    if chore == Chore::FollowOffer {
        return find_offers_to_follow(connection, now).await;
    }
    let today = calendar::paris_date(now);
    let all = store::find_all(connection).await?;
    let counts = if chore == Chore::Recall { find_counts(connection).await? } else { Counts::default() };
    let certified = if chore == Chore::RecallCertificate { destruction::find_certified(connection).await? } else { BTreeMap::new() };
    let mut due = Vec::new();
    for participation in all {
        let is_due = match chore {
            // There is no participation before access opens.
            Chore::FollowOffer => false,
            Chore::End => over(connection, &participation, now).await?.is_some(),
            Chore::WarnOfEnd => participation.ended.is_none() && year::warning(today, participation.ends_on).is_some(),
            Chore::Recall => !missing(&participation, &counts, today).is_empty(),
            Chore::RecallCertificate => {
                let ended = participation.ended.filter(|_| !certified.contains_key(&participation.application));
                ended.is_some_and(|ended| destruction::reminder(ended, today).is_some())
            }
        };
        if is_due {
            due.push(participation.application);
        }
    }
    Ok(due)
}

/// Does a chore for a participation, if it is due. Safe to run at any time, late, twice, by several at once: the candidature is locked, what it
/// depends on is read again, and what was done is no longer due.
///
/// # Errors
/// The database's.
pub async fn run_chore(connection: &mut PgConnection, chore: Chore, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    if chore == Chore::FollowOffer {
        return follow_offer(connection, id, now).await;
    }
    let participation = lock(connection, id).await?;
    let today = calendar::paris_date(now);
    match chore {
        Chore::FollowOffer => Ok(()),
        Chore::End => match over(connection, &participation, now).await? {
            Some(ended) => end(connection, &participation, ended, now).await,
            None => Ok(()),
        },
        Chore::WarnOfEnd => warn_of_end(connection, &participation, today, now).await,
        Chore::Recall => recall(connection, &participation, today, now).await,
        Chore::RecallCertificate => recall_certificate(connection, &participation, today, now).await,
    }
}

async fn warn_of_end(
    connection: &mut PgConnection,
    participation: &Participation,
    today: Date,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let (id, ends_on) = (participation.application, participation.ends_on);
    let Some(days) = year::warning(today, ends_on).filter(|_| participation.ended.is_none()) else { return Ok(()) };
    // A change of the campaign moves the day, and its warnings with it.
    let occasion = format!("{id} participation ends on {ends_on}, {days} days before");
    tell(connection, participation, &occasion, words::of_coming_end(participation, today), now).await
}

async fn recall(connection: &mut PgConnection, participation: &Participation, today: Date, now: OffsetDateTime) -> Result<(), Problem> {
    let counts = find_counts(connection).await?;
    for (month, reminder) in missing(participation, &counts, today) {
        let occasion = format!("{} report of {month}, {reminder}", participation.application);
        tell(connection, participation, &occasion, words::of_missing_report(month, reminder, today), now).await?;
    }
    Ok(())
}

async fn recall_certificate(
    connection: &mut PgConnection,
    participation: &Participation,
    today: Date,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let Some(ended) = participation.ended else { return Ok(()) };
    let is_certified = !destruction::find_certificates(connection, participation.application).await?.is_empty();
    let Some((reminder, when)) = destruction::reminder(ended, today).filter(|_| !is_certified) else { return Ok(()) };
    let occasion = format!("{} certificate of the end, {when}", participation.application);
    tell(connection, participation, &occasion, destruction::words::of_missing_certificate(ended, reminder, today), now).await
}

/// The reports a reminder is due for that day.
fn missing(participation: &Participation, counts: &Counts, today: Date) -> Vec<(super::Month, due::Reminder)> {
    let sent = |month| counts.of(participation.application, month);
    let months = participation.months().filter(|month| participation.standing(*month, today, sent(*month)).is_awaited());
    months.filter_map(|month| due::reminder(month.due_on(), today).map(|reminder| (month, reminder))).collect()
}

/// Writes to whoever files for the participant; when their account was closed since, the pages tell it.
pub(super) async fn tell(
    connection: &mut PgConnection,
    participation: &Participation,
    occasion: &str,
    (news, says): (ParticipationNews, Vec<Passage>),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let Some(holder) = accounts::find_person(connection, participation.applicant).await? else { return Ok(()) };
    let letter = Letter::OfParticipation { about: participation.about(), authorization: participation.authorization, news, says };
    notifications::enqueue(connection, occasion, &holder.as_recipient(), &letter, now).await
}
