//! What an applicant was asked and has not answered.

use jiff::civil::Date;

use crate::calendar;

/// Days after which whoever was asked for changes is reminded.
const AFTER: [i32; 2] = [15, 30];

/// Days before the limit of missing items when the applicant is reminded for the last time.
const BEFORE_THE_LIMIT: i32 = 3;

/// A request the applicant has not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The day it was made.
    pub asked_on: Date,
    /// The last day the missing items may arrive; none when changes only are asked.
    pub limit_on: Option<Date>,
}

impl Asked {
    /// The days the desk reminds by itself: half-way and three days before the limit of missing items; after fifteen and thirty days without
    /// an answer to a request for changes.
    pub fn reminders(&self) -> [Date; 2] {
        match self.limit_on {
            Some(limit) => [
                calendar::days_after(self.asked_on, calendar::whole_days(self.asked_on, limit) / 2),
                calendar::days_after(limit, -BEFORE_THE_LIMIT),
            ],
            None => AFTER.map(|days| calendar::days_after(self.asked_on, days)),
        }
    }
}
