//! The bin: drafts thrown away, which their applicant may fetch back for 30 days.

use jiff::civil::Date;
use time::OffsetDateTime;

use crate::{calendar, ids::ApplicationId};

pub(super) mod store;

/// Days a draft stays in the bin.
pub const DAYS_IN_THE_BIN: i32 = 30;

/// A draft in the bin.
#[derive(Clone, Debug)]
pub struct Binned {
    /// D12.
    pub id: ApplicationId,
    /// What lists call it.
    pub title: String,
    /// Its organisation.
    pub organisation: String,
    /// Since when.
    pub deleted_at: OffsetDateTime,
}

impl Binned {
    /// The day it goes for good, in full.
    pub fn gone_on(&self) -> String {
        calendar::date_in_full(goes_on(self.deleted_at))
    }
}

/// The day a draft deleted then goes for good.
pub fn goes_on(deleted_at: OffsetDateTime) -> Date {
    calendar::days_after(calendar::paris_date(deleted_at), DAYS_IN_THE_BIN)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_draft_thrown_away_at_night_goes_thirty_paris_days_later() {
        assert_eq!(goes_on(datetime!(2026-12-03 22:59 UTC)), jiff::civil::date(2027, 1, 2));
        assert_eq!(goes_on(datetime!(2026-12-03 23:01 UTC)), jiff::civil::date(2027, 1, 3), "already the 4th in Paris");
    }
}
