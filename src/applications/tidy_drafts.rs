//! Timer: announce drafts nobody comes back to, throw them away when their notice is over, empty the bin.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{
    bin,
    idle::{self, Due, IdleDraft},
    invite::about,
    store,
};
use crate::{
    accounts, attachments, calendar,
    journal::{self, By, Event, Subject},
    notifications::{self, Letter},
    problem::Problem,
};

/// The timer's name in the journal.
const TIMER: &str = "Le guichet";

/// Drafts looked at in one run; the next run sees the following ones.
const MOST: i64 = 200;

/// Less than the shortest three months, so that the index finds the few drafts the calendar then judges.
const AT_LEAST: Duration = Duration::days(85);

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Applicants told.
    pub announced: usize,
    /// Drafts put in the bin.
    pub binned: usize,
    /// Drafts gone for good.
    pub purged: usize,
}

/// Does what is due. Safe to run at any time, late, twice, by several at once: each draft is locked, and what was done is no longer due.
///
/// # Errors
/// The database's.
pub async fn tidy_drafts(connection: &mut PgConnection, now: OffsetDateTime) -> Result<Tidied, Problem> {
    let mut tidied = Tidied::default();
    let today = calendar::paris_date(now);
    let by = By::Timer(TIMER);
    for (id, organisation, deleted_at) in bin::store::lock_binned(connection, MOST).await? {
        if bin::goes_on(deleted_at) <= today {
            attachments::forget_all(connection, id).await?;
            bin::store::purge(connection, id).await?;
            journal::record(connection, &by, Subject::application(id, organisation), &Event::DraftPurged, now).await?;
            tidied.purged += 1;
        }
    }
    for draft in idle::store::lock_idle(connection, now - AT_LEAST, MOST).await? {
        let subject = Subject::application(draft.id, draft.organisation);
        match draft.due(today) {
            Due::Nothing => {}
            Due::Announcement => {
                announce(connection, &draft, now).await?;
                journal::record(connection, &by, subject, &Event::IdleDraftAnnounced, now).await?;
                tidied.announced += 1;
            }
            Due::Bin => {
                bin::store::save_deleted(connection, draft.id, now).await?;
                journal::record(connection, &by, subject, &Event::DraftDeleted, now).await?;
                tidied.binned += 1;
            }
        }
    }
    Ok(tidied)
}

/// Tells the applicant. Whoever closed their account hears nothing; the draft goes all the same.
async fn announce(connection: &mut PgConnection, draft: &IdleDraft, now: OffsetDateTime) -> Result<(), Problem> {
    idle::store::save_announced(connection, draft.id, now).await?;
    let Some(person) = accounts::find_person(connection, draft.applicant).await? else { return Ok(()) };
    let application = store::find(connection, draft.id).await?;
    let about = about(connection, &application).await?;
    let goes_on = idle::goes_on(now);
    let letter = Letter::IdleDraft {
        about,
        changed_on: calendar::day(draft.updated_at),
        goes_on: calendar::date_in_full(goes_on),
        gone_on: calendar::date_in_full(calendar::days_after(goes_on, bin::DAYS_IN_THE_BIN)),
    };
    let occasion = format!("{} idle since {}", draft.id, calendar::machine(draft.updated_at));
    notifications::enqueue(connection, &occasion, &person.as_recipient(), &letter, now).await?;
    Ok(())
}
