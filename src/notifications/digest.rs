//! The digest: what somebody of the team chose to read once a day.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::{calendar, ids::ApplicationId};

/// The hour in Paris from which a day's digest leaves.
const HOUR: i8 = 8;

/// A piece of news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestLine {
    /// The subject its own letter would have had.
    pub says: String,
    /// The demande it is about.
    pub application: Option<ApplicationId>,
}

/// A digest that may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    /// Its day.
    pub day: Date,
    /// What was written before that moment is in it.
    pub until: OffsetDateTime,
}

/// The digest that may leave at that moment: on a working day, from eight o’clock in Paris.
pub(super) fn due(now: OffsetDateTime) -> Option<Due> {
    let today = calendar::paris_date(now);
    let until = calendar::paris_hour(today, HOUR).filter(|eight| *eight <= now)?;
    calendar::is_working_day(today).then(|| Due { day: calendar::paris_day(now), until })
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn a_digest_leaves_from_eight_o_clock_in_paris_on_working_days() {
        for (now, expected) in [
            // winter: 8 h in Paris is 7 h in UTC
            (datetime!(2026-12-03 06:59:59 UTC), None),
            (datetime!(2026-12-03 07:00 UTC), Some(date!(2026 - 12 - 03))),
            (datetime!(2026-12-03 22:59 UTC), Some(date!(2026 - 12 - 03))),
            // already Friday in Paris, and too early
            (datetime!(2026-12-03 23:00 UTC), None),
            // a Saturday, a Sunday, Christmas
            (datetime!(2026-12-05 10:00 UTC), None),
            (datetime!(2026-12-06 10:00 UTC), None),
            (datetime!(2026-12-25 10:00 UTC), None),
            // Easter Monday, the day after the clocks went forward; then summer: 8 h in Paris is 6 h in UTC
            (datetime!(2027-03-29 10:00 UTC), None),
            (datetime!(2027-03-30 05:59:59 UTC), None),
            (datetime!(2027-03-30 06:00 UTC), Some(date!(2027 - 03 - 30))),
        ] {
            assert_eq!(due(now).map(|due| due.day), expected, "{now}");
        }
    }

    #[test]
    fn what_comes_during_the_day_waits_for_the_next_digest() {
        let eight = datetime!(2026-12-03 07:00 UTC);
        for now in [eight, datetime!(2026-12-03 15:00 UTC)] {
            assert_eq!(due(now).map(|due| due.until), Some(eight), "{now}");
        }
    }
}
