//! A granted place that its holder has to confirm.

use jiff::civil::Date;
use time::OffsetDateTime;

use crate::{calendar, ids::ApplicationId};

/// Days before the last one on which a place that is not confirmed is recalled.
const REMINDERS: [i32; 2] = [1, 7];

/// A granted place, to be confirmed by a day. What its campaign gave when it was granted holds, whatever the campaign becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its number, which nobody reads.
    pub id: i64,
    /// The candidature that holds the place.
    pub application: ApplicationId,
    /// The Paris day on which it was granted.
    pub offered_on: Date,
    /// The last day to confirm, Paris.
    pub answer_by: Date,
    /// Who confirmed it, and when.
    pub confirmed: Option<Confirmed>,
}

/// That a place was confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// When.
    pub at: OffsetDateTime,
    /// First name and name.
    pub by: String,
}

impl Offer {
    /// Whether its holder has still to answer.
    pub fn is_open(&self) -> bool {
        self.confirmed.is_none()
    }

    /// Whether nobody answered in time.
    pub fn has_lapsed(&self, today: Date) -> bool {
        self.is_open() && self.answer_by < today
    }

    /// The reminder due that day, by how many days before the last one it is sent: late, the nearest one. None for one that would leave with
    /// the decision itself.
    pub fn reminder(&self, today: Date) -> Option<i32> {
        let left = calendar::whole_days(today, self.answer_by);
        let given = calendar::whole_days(self.offered_on, self.answer_by);
        REMINDERS.into_iter().find(|days| self.is_open() && (0..=*days).contains(&left)).filter(|days| *days < given)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn offer(offered_on: Date, answer_by: Date) -> Offer {
        Offer { id: 1, application: ApplicationId(1), offered_on, answer_by, confirmed: None }
    }

    #[test]
    fn a_place_is_recalled_seven_days_and_one_day_before_its_last_day() {
        let offer = offer(date(2028, 2, 20), date(2028, 3, 6));
        for (today, reminder, lapsed) in [
            (date(2028, 2, 20), None, false),
            (date(2028, 2, 27), None, false),
            (date(2028, 2, 28), Some(7), false),
            (date(2028, 3, 4), Some(7), false),
            (date(2028, 3, 5), Some(1), false),
            (date(2028, 3, 6), Some(1), false),
            (date(2028, 3, 7), None, true),
        ] {
            assert_eq!((offer.reminder(today), offer.has_lapsed(today)), (reminder, lapsed), "{today}");
        }
    }

    #[test]
    fn nothing_is_recalled_on_the_day_of_the_decision() {
        let short = offer(date(2028, 3, 1), date(2028, 3, 8));
        assert_eq!(short.reminder(date(2028, 3, 1)), None);
        assert_eq!(short.reminder(date(2028, 3, 7)), Some(1));
        assert_eq!(offer(date(2028, 3, 1), date(2028, 3, 2)).reminder(date(2028, 3, 1)), None);
    }

    #[test]
    fn a_confirmed_place_is_neither_recalled_nor_lost() {
        let confirmed = Some(Confirmed { at: OffsetDateTime::UNIX_EPOCH, by: "Hélène Marchand".into() });
        let offer = Offer { confirmed, ..offer(date(2028, 3, 1), date(2028, 3, 16)) };
        assert_eq!((offer.reminder(date(2028, 3, 15)), offer.has_lapsed(date(2028, 4, 1))), (None, false));
    }
}
