//! When an applicant who does not answer may be reminded by hand, and what they are told.

use jiff::civil::Date;

use super::Unanswered;
use crate::{
    calendar,
    journal::{DutyFact, Entry, Event},
    notifications::{Author, Passage},
    review::clock::Asked,
};

/// Days between a reminder by hand and what came before it: the request, a reminder of the desk, a colleague's.
const APART: i32 = 7;

/// Whether the applicant may be reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminding {
    /// They may.
    Possible,
    /// They were not long ago: from that day on.
    From(Date),
    /// The limit has passed, or they were warned of a closing: a reminder would say less than they know.
    Over,
}

impl Unanswered {
    /// Whether the applicant may be reminded that day; `by_hand` is when somebody of the team last did.
    pub fn reminding(&self, by_hand: Option<Date>, today: Date) -> Reminding {
        if self.warning.is_some() || self.items_until.is_some_and(|limit| limit < today) {
            return Reminding::Over;
        }
        let by_the_desk = Asked { asked_on: self.asked_on, limit_on: self.items_until }.reminders();
        let last = by_the_desk.into_iter().filter(|day| *day <= today).chain(by_hand).fold(self.asked_on, Date::max);
        let from = calendar::days_after(last, APART);
        if from <= today { Reminding::Possible } else { Reminding::From(from) }
    }
}

/// When somebody of the team last reminded the applicant of what was asked of that version.
pub fn reminded_on(journal: &[Entry], version: i32) -> Option<Date> {
    let of_it = |entry: &&Entry| matches!(entry.event, Event::OfDuty(DutyFact::ApplicantReminded { version: other }) if other == version);
    journal.iter().filter(of_it).map(|entry| calendar::paris_date(entry.at)).max()
}

/// To the applicant: somebody of the team reminds them.
pub(in crate::review) fn of_reminder(unanswered: &Unanswered, author: &Author) -> Passage {
    Passage::new(
        "C’est à vous de répondre",
        [
            format!("Nous n’avons pas encore reçu {}.", unanswered.what_is_awaited()),
            "Tout ce que vous avez saisi est gardé. Complétez la demande, puis déposez-la de nouveau. Si une question vous arrête, écrivez-nous par message.".into(),
            format!("{}, {}, {}.", author.name, author.quality, author.service),
        ],
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::review::closing::Warning;

    const ASKED: Date = date(2026, 12, 3);

    fn of(items_until: Option<Date>) -> Unanswered {
        Unanswered { asked_on: ASKED, items_until, is_private: items_until.is_some(), is_change: false, warning: None }
    }

    #[test]
    fn a_reminder_leaves_a_week_after_the_request_the_desk_or_a_colleague() {
        for (by_hand, today, expected) in [
            (None, date(2026, 12, 9), Reminding::From(date(2026, 12, 10))),
            (None, date(2026, 12, 10), Reminding::Possible),
            (Some(date(2026, 12, 10)), date(2026, 12, 10), Reminding::From(date(2026, 12, 17))),
            // the desk reminds on the 18th
            (Some(date(2026, 12, 10)), date(2026, 12, 18), Reminding::From(date(2026, 12, 25))),
            (None, date(2026, 12, 25), Reminding::Possible),
            (None, date(2027, 3, 1), Reminding::Possible),
        ] {
            assert_eq!(of(None).reminding(by_hand, today), expected, "{by_hand:?} {today}");
        }
    }

    #[test]
    fn nobody_is_reminded_of_a_limit_that_has_passed_nor_after_a_warning() {
        let asked = of(Some(date(2026, 12, 24)));
        assert_eq!(asked.reminding(None, date(2026, 12, 11)), Reminding::Possible);
        assert_eq!(asked.reminding(None, date(2026, 12, 24)), Reminding::From(date(2026, 12, 28)));
        assert_eq!(asked.reminding(None, date(2026, 12, 25)), Reminding::Over);
        let warning = Some(Warning { on: date(2027, 1, 4), limit_on: date(2027, 1, 19) });
        assert_eq!(Unanswered { warning, ..of(None) }.reminding(None, date(2027, 1, 15)), Reminding::Over);
    }
}
