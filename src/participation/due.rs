//! What is due of the months of a participation, and when a report that is missing is recalled.

use jiff::civil::Date;

use super::Month;
use crate::calendar;

/// The months a participation reports on: each it touches, from its first to its last day.
pub fn months(began_on: Date, last_day: Date) -> impl Iterator<Item = Month> {
    Month::of(began_on).until(Month::of(last_day))
}

/// From when the figures of a month are known: the day after its last one, or after the last day of the participation.
pub fn opens_on(month: Month, last_day: Date) -> Date {
    calendar::days_after(month.last_day().min(last_day), 1)
}

/// A month the participation covers from its first to its last day; the figures of another say nothing of those around it.
pub fn is_whole(month: Month, began_on: Date, last_day: Date) -> bool {
    began_on <= month.first_day() && month.last_day() <= last_day
}

/// Whether what has a last day, a report or a certificate, and was not done is late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// It is on time, on its last day too.
    OnTime,
    /// It should have been done.
    Late {
        /// Since how many days.
        days: i32,
    },
}

impl Awaited {
    /// Whether it is that day.
    pub fn of(due_on: Date, today: Date) -> Self {
        match calendar::whole_days(due_on, today) {
            ..=0 => Self::OnTime,
            days => Self::Late { days },
        }
    }

    /// Every reminder left: the team may write to the participant.
    pub fn may_be_noticed(self) -> bool {
        matches!(self, Self::Late { days } if days >= LAST_REMINDER)
    }

    /// The tone of its badge.
    pub fn tone(self) -> &'static str {
        match self {
            Self::OnTime => "warning",
            Self::Late { .. } => "error",
        }
    }
}

/// Where the report of a month stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The month is not over.
    ToCome,
    /// It can be sent.
    Awaited(Awaited),
    /// It was sent.
    Received,
    /// It was sent, then corrected.
    Corrected,
    /// Nobody asks for it any more: the right was revoked.
    Waived,
}

impl Standing {
    /// Where it stands that day, sent that many times.
    pub fn of(month: Month, last_day: Date, today: Date, sent: usize) -> Self {
        match sent {
            0 if today < opens_on(month, last_day) => Self::ToCome,
            0 => Self::Awaited(Awaited::of(month.due_on(), today)),
            1 => Self::Received,
            _ => Self::Corrected,
        }
    }

    /// Whether its participant should send it now.
    pub fn is_awaited(self) -> bool {
        matches!(self, Self::Awaited(_))
    }

    /// Whether it was sent.
    pub fn is_received(self) -> bool {
        matches!(self, Self::Received | Self::Corrected)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::ToCome => "À venir",
            Self::Awaited(Awaited::OnTime) => "À remettre",
            Self::Awaited(Awaited::Late { .. }) => "En retard",
            Self::Received => "Reçu",
            Self::Corrected => "Corrigé",
            Self::Waived => "Sans objet",
        }
    }

    /// The tone of its badge.
    pub fn tone(self) -> &'static str {
        match self {
            Self::ToCome | Self::Waived => "",
            Self::Awaited(awaited) => awaited.tone(),
            Self::Received | Self::Corrected => "success",
        }
    }
}

/// When what is missing, a report or a certificate, is recalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display)]
pub enum Reminder {
    /// Before its last day: five days, for a report.
    #[strum(to_string = "five days before")]
    Before,
    /// The day after.
    #[strum(to_string = "one day after")]
    DayAfter,
    /// A week after.
    #[strum(to_string = "seven days after")]
    WeekAfter,
    /// Fifteen days after: the last one; then the team may open a procedure.
    #[strum(to_string = "fifteen days after")]
    Last,
}

/// Days after the last one from which nothing more is recalled, and the team may write that it envisages to revoke.
pub const LAST_REMINDER: i32 = 15;

/// Days before the last one of a report when it is recalled for the first time.
const RECALLED_BEFORE: i32 = 5;

/// The reminder due that day for a report that was not sent: late, the nearest one.
pub fn reminder(due_on: Date, today: Date) -> Option<Reminder> {
    reminder_from(due_on, RECALLED_BEFORE, today)
}

/// The reminder due that day for what has a last day and was not done, recalled from so many days before it.
pub fn reminder_from(due_on: Date, days_before: i32, today: Date) -> Option<Reminder> {
    match calendar::whole_days(due_on, today) {
        early if early < -days_before => None,
        ..=0 => Some(Reminder::Before),
        1..=6 => Some(Reminder::DayAfter),
        7..LAST_REMINDER => Some(Reminder::WeekAfter),
        LAST_REMINDER.. => Some(Reminder::Last),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn month(typed: &str) -> Month {
        Month::parse(typed).expect("a month")
    }

    #[test]
    fn a_year_that_begins_in_a_month_touches_thirteen() {
        let all: Vec<String> = months(date(2027, 1, 15), date(2028, 1, 15)).map(|month| month.to_string()).collect();
        assert_eq!((all.len(), all[0].as_str(), all[12].as_str()), (13, "2027-01", "2028-01"));
        assert_eq!(months(date(2027, 1, 31), date(2027, 1, 31)).count(), 1);
        assert_eq!(months(date(2027, 2, 1), date(2027, 1, 31)).count(), 0, "ended before it began");
    }

    #[test]
    fn a_report_waits_for_the_end_of_its_month_or_of_the_participation() {
        let last = date(2028, 1, 15);
        for (of, today, sent, expected) in [
            ("2027-05", date(2027, 5, 31), 0, Standing::ToCome),
            ("2027-05", date(2027, 6, 1), 0, Standing::Awaited(Awaited::OnTime)),
            ("2027-05", date(2027, 6, 10), 0, Standing::Awaited(Awaited::OnTime)),
            ("2027-05", date(2027, 6, 11), 0, Standing::Awaited(Awaited::Late { days: 1 })),
            ("2027-05", date(2027, 6, 11), 1, Standing::Received),
            ("2027-05", date(2027, 6, 11), 2, Standing::Corrected),
            ("2028-01", date(2028, 1, 15), 0, Standing::ToCome),
            ("2028-01", date(2028, 1, 16), 0, Standing::Awaited(Awaited::OnTime)),
        ] {
            assert_eq!(Standing::of(month(of), last, today, sent), expected, "{of} on {today}");
        }
        assert!(!Awaited::Late { days: 14 }.may_be_noticed() && Awaited::Late { days: 15 }.may_be_noticed());
    }

    #[test]
    fn a_missing_report_is_recalled_five_days_before_then_after_one_seven_and_fifteen() {
        let due_on = date(2027, 6, 10);
        for (day, expected) in [
            (date(2027, 6, 4), None),
            (date(2027, 6, 5), Some(Reminder::Before)),
            (date(2027, 6, 10), Some(Reminder::Before)),
            (date(2027, 6, 11), Some(Reminder::DayAfter)),
            (date(2027, 6, 16), Some(Reminder::DayAfter)),
            (date(2027, 6, 17), Some(Reminder::WeekAfter)),
            (date(2027, 6, 24), Some(Reminder::WeekAfter)),
            (date(2027, 6, 25), Some(Reminder::Last)),
            (date(2027, 9, 1), Some(Reminder::Last)),
        ] {
            assert_eq!(reminder(due_on, day), expected, "{day}");
        }
    }

    #[test]
    fn the_first_and_the_last_month_are_seldom_whole() {
        let (began_on, last) = (date(2027, 1, 15), date(2027, 4, 30));
        let whole: Vec<bool> = months(began_on, last).map(|month| is_whole(month, began_on, last)).collect();
        assert_eq!(whole, [false, true, true, true]);
    }
}
