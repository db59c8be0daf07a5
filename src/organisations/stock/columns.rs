//! Columns of INSEE's files, found by their names, and their values: dates, letters, texts that may be masked.

use std::borrow::Cow;

use time::{Date, Month};

use super::{fault::FileFault, lines::Record};
use crate::{organisations::register::is_masked, text};

/// Where the columns a table needs stand in a file.
#[derive(Debug)]
pub(super) struct Header {
    names: Vec<String>,
}

impl Header {
    /// Reads the first line.
    pub(super) fn read(titles: Record<'_>) -> Self {
        Self { names: (0..titles.len()).map(|column| titles.value(column).trim().to_owned()).collect() }
    }

    /// How many values every line has.
    pub(super) fn width(&self) -> usize {
        self.names.len()
    }

    /// Where that column stands.
    fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|title| title == name)
    }

    /// Where these columns stand; all that are missing or stand twice are named at once.
    pub(super) fn places<const N: usize>(&self, needed: [&str; N]) -> Result<[usize; N], FileFault> {
        let missing: Vec<&str> = needed.into_iter().filter(|name| self.find(name).is_none()).collect();
        if !missing.is_empty() {
            return Err(FileFault::refused(format!(
                "its first line does not name the columns {}: is it the file this place is for, with its titles and commas between them?",
                missing.join(", ")
            )));
        }
        let twice = |name: &&str| self.names.iter().filter(|title| title == name).count() > 1;
        if let Some(name) = needed.iter().find(|name| twice(name)) {
            return Err(FileFault::refused(format!("its first line names the column {name} twice")));
        }
        Ok(needed.map(|name| self.find(name).unwrap_or(usize::MAX)))
    }

    /// Where a column stands that INSEE does not always publish; beyond every record when it is absent.
    pub(super) fn optional(&self, name: &str) -> usize {
        self.find(name).unwrap_or(usize::MAX)
    }
}

/// Why one row is left out; the rest is read.
pub(super) type Fault = Cow<'static, str>;

/// A number of exactly that many digits.
pub(super) fn digits(value: &str, count: usize) -> Result<i64, Fault> {
    if value.len() == count && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.parse().map_err(|_| Fault::Borrowed("a number too big"));
    }
    Err(format!("« {} » is not {count} digits", shortened(value)).into())
}

/// A day, or nothing.
pub(super) fn day(value: &str) -> Result<Option<Date>, Fault> {
    if value.is_empty() || value == "[ND]" {
        return Ok(None);
    }
    read_day(value).map(Some).ok_or_else(|| format!("« {} » is not a date", shortened(value)).into())
}

/// A day on which something was created: not a future one.
pub(super) fn past_day(value: &str, today: Date) -> Result<Option<Date>, Fault> {
    match day(value)? {
        Some(day) if day > today => Err(format!("the creation date {value} is in the future").into()),
        day => Ok(day),
    }
}

/// The day of a moment as INSEE writes it: `2026-10-31T23:59:59.999`; nothing when it cannot be read.
pub(super) fn day_of(moment: &str) -> Option<Date> {
    read_day(moment.get(..10)?)
}

fn read_day(value: &str) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *value.as_bytes() else { return None };
    let number =
        |digits: &[u8]| digits.iter().try_fold(0_u16, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u16::from(digit - b'0')));
    let month = u8::try_from(number(&[m1, m2])?).ok().and_then(|month| Month::try_from(month).ok())?;
    Date::from_calendar_date(number(&[y1, y2, y3, y4])?.into(), month, u8::try_from(number(&[d1, d2])?).ok()?).ok()
}

/// One of two letters, or nothing.
pub(super) fn letter(value: &str, yes: &str, no: &str) -> Result<Option<bool>, Fault> {
    match value {
        "" => Ok(None),
        _ if value == yes => Ok(Some(true)),
        _ if value == no => Ok(Some(false)),
        _ => Err(format!("« {} » is neither {yes} nor {no}", shortened(value)).into()),
    }
}

/// `statutDiffusion`: whether part is masked. N (everything) was P's name before 2023.
pub(super) fn partial_disclosure(value: &str) -> Result<bool, Fault> {
    match value {
        "O" => Ok(false),
        "P" | "N" => Ok(true),
        _ => Err(format!("« {} » is no disclosure (O or P)", shortened(value)).into()),
    }
}

/// What is told: nothing in place of a mask.
pub(super) fn told(value: &str) -> &str {
    let value = value.trim();
    if is_masked(value) { "" } else { value }
}

/// A text as the desk keeps it, on one line, no longer than its column; nothing in place of a mask.
pub(super) fn kept(value: &str, most: usize) -> Result<Cow<'_, str>, Fault> {
    let value = told(value);
    if value.len() <= most && value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(Cow::Borrowed(value));
    }
    text::optional_line(value, most)
        .map(Cow::Owned)
        .map_err(|_| format!("« {} » is too long or holds invisible characters", shortened(value)).into())
}

/// The first of these that tells something.
pub(super) fn first_told<'a>(values: impl IntoIterator<Item = &'a str>) -> &'a str {
    values.into_iter().map(told).find(|value| !value.is_empty()).unwrap_or_default()
}

/// What messages quote: a terminal is sent no control character.
fn shortened(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).take(30).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::organisations::stock::lines::Splitter;

    fn header(titles: &str) -> Header {
        Header::read(Splitter::default().split(titles).expect("no quotation mark"))
    }

    #[test]
    fn columns_are_found_by_their_names() {
        let found = header("b,extra,a");
        assert_eq!(found.places(["a", "b"]).expect("both there"), [2, 0]);
        assert_eq!((found.optional("extra"), found.optional("c")), (1, usize::MAX));
        let fault = found.places(["c", "a", "d"]).expect_err("two are missing").to_string();
        assert!(fault.contains("the columns c, d:"), "{fault}");
        assert!(header("a,b,a").places(["a"]).expect_err("twice").to_string().contains("a twice"));
    }

    #[test]
    fn values_are_read_or_refused() {
        assert_eq!(digits("00557246600026", 14), Ok(557_246_600_026));
        for wrong in ["", "1300252650001", "130025265000131", "1300252650001A", "+3002526500013"] {
            assert!(digits(wrong, 14).is_err(), "{wrong}");
        }
        assert_eq!(day("2017-05-24"), Ok(Some(date!(2017 - 05 - 24))));
        assert_eq!(day(""), Ok(None));
        for wrong in ["hier", "2017-02-29", "2017-13-01", "24/05/2017", "2017-5-24", "2017-05-24T00:00:00"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
        assert!(past_day("2026-12-04", date!(2026 - 12 - 03)).expect_err("tomorrow").contains("in the future"));
        assert_eq!(day_of("2026-10-31T23:59:59.999"), Some(date!(2026 - 10 - 31)));
        assert_eq!((day_of(""), day_of("x")), (None, None));
        assert_eq!((letter("A", "A", "F"), letter("F", "A", "F"), letter("", "A", "F")), (Ok(Some(true)), Ok(Some(false)), Ok(None)));
        assert!(letter("X", "A", "F").is_err() && partial_disclosure("").is_err());
        assert_eq!((partial_disclosure("O"), partial_disclosure("P")), (Ok(false), Ok(true)));
    }

    #[test]
    fn a_mask_is_nothing_and_what_cannot_be_kept_is_told() {
        assert_eq!(kept(" [ND] ", 10), Ok("".into()));
        assert_eq!(kept(" E\u{301}lise ", 10), Ok("Élise".into()));
        assert!(kept("a\0b", 10).is_err() && kept("abcdef", 5).is_err() && kept("a\u{202e}b", 9).is_err());
        assert_eq!(first_told(["", "[ND]", " MAIRIE ", "ÉCOLE"]), "MAIRIE");
        assert!(!digits("\u{1b}[2J", 14).expect_err("no digits").contains('\u{1b}'));
    }
}
