//! Until when a participant certifies, and when that is recalled.

use jiff::civil::Date;

use crate::{
    calendar,
    participation::{Awaited, Ended, Reminder, due},
};

/// Days to certify, from the last day of a participation. The published rules give none (S7: « à l'issue de l'expérimentation »): about as long as
/// the RGPD leaves to answer a request for erasure (articles 12(3) and 17, one month). The programme may ask for another: it is said here alone.
pub const DAYS_TO_CERTIFY: i32 = 30;

/// Days before the last one when it is recalled for the first time.
const RECALLED_BEFORE: i32 = 7;

/// The last day to certify.
pub fn due_on(ended: Ended) -> Date {
    calendar::days_after(ended.on, DAYS_TO_CERTIFY)
}

/// Whether the certificate of a participation is late that day; nothing when the participation goes on, or when it is signed.
pub fn awaited(ended: Option<Ended>, is_certified: bool, today: Date) -> Option<Awaited> {
    let ended = ended.filter(|_| !is_certified)?;
    Some(Awaited::of(due_on(ended), today))
}

/// The reminder due that day for a certificate that was not signed, and its name in the outbox: each leaves once.
pub fn reminder(ended: Ended, today: Date) -> Option<(Reminder, String)> {
    let reminder = due::reminder_from(due_on(ended), RECALLED_BEFORE, today)?;
    let when = if reminder == Reminder::Before { "seven days before".to_owned() } else { reminder.to_string() };
    Some((reminder, when))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::participation::Cause;

    const ENDED: Ended = Ended { on: date(2028, 1, 15), cause: Cause::Term };

    #[test]
    fn a_certificate_is_due_thirty_days_after_the_end() {
        assert_eq!(due_on(ENDED), date(2028, 2, 14));
        // the night on which the hour changes is a day like another
        assert_eq!(due_on(Ended { on: date(2028, 3, 1), ..ENDED }), date(2028, 3, 31));
        assert_eq!(due_on(Ended { on: date(2028, 10, 1), ..ENDED }), date(2028, 10, 31));
        for (ended, is_certified, today, expected) in [
            (None, false, date(2028, 1, 10), None),
            (Some(ENDED), false, date(2028, 1, 16), Some(Awaited::OnTime)),
            (Some(ENDED), false, date(2028, 2, 14), Some(Awaited::OnTime)),
            (Some(ENDED), false, date(2028, 2, 15), Some(Awaited::Late { days: 1 })),
            (Some(ENDED), true, date(2028, 2, 15), None),
        ] {
            assert_eq!(awaited(ended, is_certified, today), expected, "{today}");
        }
    }

    #[test]
    fn it_is_recalled_seven_days_before_then_one_seven_and_fifteen_after() {
        for (today, expected) in [
            (date(2028, 2, 6), None),
            (date(2028, 2, 7), Some("seven days before")),
            (date(2028, 2, 14), Some("seven days before")),
            (date(2028, 2, 15), Some("one day after")),
            (date(2028, 2, 21), Some("seven days after")),
            (date(2028, 2, 28), Some("seven days after")),
            (date(2028, 2, 29), Some("fifteen days after")),
        ] {
            assert_eq!(reminder(ENDED, today).map(|(_, when)| when).as_deref(), expected, "{today}");
        }
    }
}
