//! Drafts nobody comes back to: announced after three months, thrown away two weeks after the announcement.

use jiff::civil::Date;
use time::OffsetDateTime;

use crate::{
    calendar,
    ids::{AccountId, ApplicationId, OrganisationId},
};

pub(super) mod store;

/// Calendar months without a change before the announcement.
pub const IDLE_MONTHS: i32 = 3;

/// Days between the announcement and the bin.
pub const NOTICE_DAYS: i32 = 14;

/// A draft that was not touched for long.
#[derive(Clone, Debug)]
pub struct IdleDraft {
    /// D12.
    pub id: ApplicationId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// Who is told.
    pub applicant: AccountId,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
    /// When its applicant was told.
    pub announced_at: Option<OffsetDateTime>,
}

/// What is due for an idle draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing yet.
    Nothing,
    /// Its applicant must be told.
    Announcement,
    /// It goes to the bin.
    Bin,
}

impl IdleDraft {
    /// What is due that day.
    pub fn due(&self, today: Date) -> Due {
        match self.announced_at {
            None if idle_from(self.updated_at) <= today => Due::Announcement,
            Some(at) if goes_on(at) <= today => Due::Bin,
            _ => Due::Nothing,
        }
    }
}

/// The day a draft last changed then counts as idle.
pub fn idle_from(updated_at: OffsetDateTime) -> Date {
    calendar::months_after(calendar::paris_date(updated_at), IDLE_MONTHS)
}

/// The day a draft announced then goes to the bin: two whole weeks, however late the announcement was.
pub fn goes_on(announced_at: OffsetDateTime) -> Date {
    calendar::days_after(calendar::paris_date(announced_at), NOTICE_DAYS)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use time::macros::datetime;

    use super::*;

    fn draft(announced_at: Option<OffsetDateTime>) -> IdleDraft {
        IdleDraft {
            id: ApplicationId(12),
            organisation: OrganisationId(1),
            applicant: AccountId(1),
            updated_at: datetime!(2026-11-30 09:00 UTC),
            announced_at,
        }
    }

    #[test]
    fn three_calendar_months_then_two_weeks() {
        let quiet = draft(None);
        assert_eq!(quiet.due(date(2027, 2, 27)), Due::Nothing);
        assert_eq!(quiet.due(date(2027, 2, 28)), Due::Announcement, "there is no 30 February");
        assert_eq!(quiet.due(date(2028, 1, 1)), Due::Announcement, "however late");
        let announced = draft(Some(datetime!(2027-02-28 23:30 UTC)));
        assert_eq!(announced.due(date(2027, 3, 14)), Due::Nothing, "1 March in Paris");
        assert_eq!(announced.due(date(2027, 3, 15)), Due::Bin);
    }
}
