//! A calendar month, as a participant reports on it.

use std::fmt::{self, Display, Formatter};

use jiff::civil::Date;

use crate::calendar;

/// The day of the next month on which a report is due at the latest, Paris date.
const DUE_DAY: i8 = 10;

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Its first day.
    first: Date,
}

impl Month {
    /// The month of a date.
    pub fn of(date: Date) -> Self {
        Self { first: date.first_of_month() }
    }

    /// Reads an address or a file of ours: « 2027-05 ».
    pub fn parse(typed: &str) -> Option<Self> {
        let (year, month) = typed.split_once('-')?;
        let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?)
    }

    /// Reads a month as people and spreadsheets write it: « 2027-05 », « 2027-05-01 », « 05/2027 », « 01/05/2027 », « mai 2027 », « mai-27 ».
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim().to_lowercase();
        if !typed.starts_with(char::is_alphanumeric) {
            return None;
        }
        let parts: Vec<&str> = typed.split(['-', '/', ' ', '\u{a0}', '.']).filter(|part| !part.is_empty()).collect();
        let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
        let year = |part: &str| match part.len() {
            4 => number(part),
            2 => number(part).map(|year| 2000 + year),
            _ => None,
        };
        let month = |part: &str| number(part).and_then(|month| i8::try_from(month).ok());
        match parts.as_slice() {
            [first, second] if first.len() == 4 && number(first).is_some() => Self::new(year(first)?, month(second)?),
            [first, second] if second.len() == 4 && number(first).is_some() => Self::new(year(second)?, month(first)?),
            [first, second] => Self::new(year(second)?, named(first)?),
            [first, second, third] if first.len() == 4 && number(third).is_some() => Self::new(year(first)?, month(second)?),
            [first, second, third] if third.len() == 4 && number(first).is_some() => Self::new(year(third)?, month(second)?),
            _ => None,
        }
    }

    fn new(year: i16, month: i8) -> Option<Self> {
        if !(2000..=2999).contains(&year) {
            return None;
        }
        Date::new(year, month, 1).ok().map(|first| Self { first })
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first.last_of_month()
    }

    /// The one after.
    #[must_use]
    pub fn next(self) -> Self {
        Self { first: calendar::months_after(self.first, 1) }
    }

    /// The one before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { first: calendar::months_after(self.first, -1) }
    }

    /// The last day on which its report is on time.
    pub fn due_on(self) -> Date {
        calendar::days_after(self.next().first, i32::from(DUE_DAY) - 1)
    }

    /// This one and those after it, to the other one included; none when the other one is before.
    pub fn until(self, last: Self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |month| Some(month.next())).take_while(move |month| *month <= last)
    }

    /// « mai ».
    pub fn name(self) -> &'static str {
        calendar::month_name(self.first.month())
    }

    /// « mai 2027 ».
    pub fn in_full(self) -> String {
        format!("{}\u{a0}{}", self.name(), self.first.year())
    }

    /// « de mai 2027 », « d’août 2027 ».
    pub fn with_of(self) -> String {
        let elided = self.name().starts_with(['a', 'o']);
        if elided { format!("d’{}", self.in_full()) } else { format!("de {}", self.in_full()) }
    }

    /// « juil. », under a curve.
    pub fn short(self) -> &'static str {
        const SHORT: [&str; 12] = ["janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
        SHORT[usize::from(self.first.month().unsigned_abs()) - 1]
    }
}

/// The month that has this name, or this beginning of a name.
fn named(typed: &str) -> Option<i8> {
    if typed.chars().count() < 3 {
        return None;
    }
    let mut known = (1..=12).filter(|month| calendar::month_name(*month).starts_with(typed));
    known.next().filter(|_| known.next().is_none())
}

impl Display for Month {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn month(typed: &str) -> Month {
        Month::parse(typed).expect("a month")
    }

    #[test]
    fn a_report_is_due_on_the_tenth_of_the_next_month() {
        for (of, due) in [("2027-05", date(2027, 6, 10)), ("2027-12", date(2028, 1, 10)), ("2028-01", date(2028, 2, 10))] {
            assert_eq!(month(of).due_on(), due, "{of}");
        }
    }

    #[test]
    fn a_month_is_written_as_french_says_it() {
        assert_eq!(month("2027-05").with_of(), "de mai\u{a0}2027");
        assert_eq!(month("2027-08").with_of(), "d’août\u{a0}2027");
        assert_eq!(month("2027-10").with_of(), "d’octobre\u{a0}2027");
        assert_eq!((month("2027-02").short(), month("2027-12").short()), ("févr.", "déc."));
    }

    #[test]
    fn spreadsheets_may_have_rewritten_a_month() {
        for typed in
            ["2027-05", "2027-5", "05/2027", "5/2027", "2027-05-01", "01/05/2027", "Mai 2027", "mai\u{a0}2027", "mai-27", " 2027-05 "]
        {
            assert_eq!(Month::read(typed), Some(month("2027-05")), "{typed:?}");
        }
        assert_eq!(Month::read("févr-27"), Some(month("2027-02")));
        assert_eq!(Month::read("juil.-27"), Some(month("2027-07")));
        for typed in ["", "mai", "2027", "2027-13", "13/2027", "ju-27", "-5/2027", "05-27", "demain", "2027-05-01-02", "1927-05"] {
            assert_eq!(Month::read(typed), None, "{typed:?}");
        }
        for typed in ["2027-5", "05/2027", "2027-05-01", "+027-05", ""] {
            assert_eq!(Month::parse(typed), None, "an address is written one way: {typed:?}");
        }
    }

    #[test]
    fn months_follow_one_another_over_a_year() {
        let months: Vec<String> = month("2027-11").until(month("2028-02")).map(|month| month.to_string()).collect();
        assert_eq!(months, ["2027-11", "2027-12", "2028-01", "2028-02"]);
        assert_eq!(month("2028-02").last_day(), date(2028, 2, 29));
        assert_eq!(month("2028-02").until(month("2028-01")).count(), 0);
    }

    proptest! {
        #[test]
        fn a_month_is_read_as_it_is_written(offset in 0i32..6_000) {
            let month = Month::of(calendar::months_after(date(2000, 1, 1), offset));
            prop_assert_eq!(Month::parse(&month.to_string()), Some(month));
            prop_assert_eq!(Month::read(&month.in_full()), Some(month));
            prop_assert_eq!(month.next().previous(), month);
            prop_assert!(month.last_day() < month.next().first_day() && month.next().first_day() <= month.due_on());
        }

        #[test]
        fn no_cell_is_too_strange_to_be_read(typed in "\\PC{0,20}|[0-9/. -]{0,12}") {
            Month::read(&typed);
        }
    }
}
