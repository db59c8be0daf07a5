//! The reasons of a rejection nobody wrote: until when they may be asked, by when they are due, what they do to the period of appeal.

use jiff::civil::Date;
use time::OffsetDateTime;

use crate::{
    calendar::{self, date_in_full as full},
    notifications::{Author, Passage},
};

/// Calendar months to contest a decision before the court (CJA R421-1, R421-2).
const APPEAL_MONTHS: i32 = 2;

/// Calendar months in which the reasons are due (CRPA L232-4).
const ANSWER_MONTHS: i32 = 1;

/// The last day to contest a decision known on that day, and to ask for its reasons. The period is « franc »: neither its first day nor its
/// last counts, and one that ends on a day nobody works goes on to the next.
pub fn last_day_to_contest(known_on: Date) -> Date {
    let mut last = calendar::days_after(calendar::months_after(known_on, APPEAL_MONTHS), 1);
    while !calendar::is_working_day(last) {
        last = calendar::days_after(last, 1);
    }
    last
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The considerations of law (CRPA L211-5).
    pub in_law: String,
    /// The considerations of fact.
    pub in_fact: String,
    /// Who answered, in what quality, for which service.
    pub author: Author,
    /// When.
    pub at: OffsetDateTime,
}

/// Reasons that were asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasons {
    /// When.
    pub asked_at: OffsetDateTime,
    /// The answer, once it was given.
    pub answer: Option<Answer>,
}

impl Reasons {
    /// The last day to give them.
    pub fn due_on(&self) -> Date {
        calendar::months_after(calendar::paris_date(self.asked_at), ANSWER_MONTHS)
    }

    /// That day has passed and they were not given.
    pub fn is_late(&self, today: Date) -> bool {
        self.answer.is_none() && self.due_on() < today
    }

    /// The last day to contest, once they were given: two months from then.
    pub fn last_day_to_contest(&self) -> Option<Date> {
        self.answer.as_ref().map(|answer| last_day_to_contest(calendar::paris_date(answer.at)))
    }
}

/// To the team: they are asked.
pub(in crate::review) fn of_request(due_on: Date) -> Passage {
    Passage::new(
        format!("Les motifs sont dus le {} au plus tard", full(due_on)),
        [
            "Le demandeur demande les motifs du rejet né du silence. Ils lui sont dus dans le mois, en droit et en fait (code des relations entre le public et l’administration, articles L.\u{a0}211-5 et L.\u{a0}232-4).".into(),
            "Passé ce jour, le rejet pourrait être annulé pour défaut de motivation.".into(),
        ],
    )
}

/// To the applicant: the reasons, in law and in fact.
pub(in crate::review) fn of_answer(in_law: &str, in_fact: &str, author: &Author) -> Passage {
    Passage::new(
        "Les motifs du rejet",
        [format!("En droit, {in_law}"), format!("En fait, {in_fact}"), format!("{}, {}, {}.", author.name, author.quality, author.service)],
    )
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    fn asked(at: OffsetDateTime) -> Reasons {
        Reasons { asked_at: at, answer: None }
    }

    #[test]
    fn reasons_are_due_a_calendar_month_after_they_were_asked() {
        for (at, due) in [
            (datetime!(2027-02-10 09:00 UTC), date(2027, 3, 10)),
            (datetime!(2027-01-31 09:00 UTC), date(2027, 2, 28)),
            // already the next day in Paris
            (datetime!(2027-02-10 23:30 UTC), date(2027, 3, 11)),
        ] {
            assert_eq!(asked(at).due_on(), due, "{at}");
            assert!(!asked(at).is_late(due) && asked(at).is_late(due + 1.day()), "{at}");
        }
    }

    #[test]
    fn reasons_that_were_given_are_never_late_and_open_two_months_anew() {
        let author = Author { name: "Nadia Ferrand".into(), quality: "Instructrice".into(), service: "DINUM".into() };
        let answer = Answer { in_law: "l’arrêté.".into(), in_fact: "un fait.".into(), author, at: datetime!(2027-03-10 09:00 UTC) };
        let given = Reasons { answer: Some(answer), ..asked(datetime!(2027-02-10 09:00 UTC)) };
        assert!(!given.is_late(date(2030, 1, 1)));
        assert_eq!(given.last_day_to_contest(), Some(date(2027, 5, 11)));
    }

    #[test]
    fn the_period_of_appeal_counts_neither_its_first_day_nor_its_last_and_ends_on_a_day_people_work() {
        for (known, last) in [
            (date(2027, 2, 3), date(2027, 4, 5)), // the 4th is a Sunday
            (date(2027, 2, 8), date(2027, 4, 9)),
            (date(2026, 12, 31), date(2027, 3, 1)),
        ] {
            assert_eq!(last_day_to_contest(known), last, "{known}");
        }
    }

    proptest! {
        #[test]
        fn nobody_has_less_than_two_months(days in 0_i32..4000) {
            let known = calendar::days_after(date(2026, 1, 1), days);
            let last = last_day_to_contest(known);
            prop_assert!(last > calendar::months_after(known, 2) && calendar::is_working_day(last));
            prop_assert!(calendar::whole_days(calendar::months_after(known, 2), last) <= 6);
        }
    }
}
