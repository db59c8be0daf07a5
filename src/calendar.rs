//! Days as France counts them: Europe/Paris dates, working days, and how they are written.

use std::sync::LazyLock;

use jiff::{Timestamp, ToSpan, Zoned, civil::Date, civil::Weekday, tz::TimeZone};
use time::OffsetDateTime;

static PARIS: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Paris").expect("the time zone database is built into the program"));

const MONTHS: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

fn in_paris(at: OffsetDateTime) -> Zoned {
    let timestamp =
        Timestamp::from_microsecond(i64::try_from(at.unix_timestamp_nanos() / 1000).unwrap_or(0)).unwrap_or(Timestamp::UNIX_EPOCH);
    timestamp.to_zoned(PARIS.clone())
}

/// The date in Paris at that moment.
pub fn paris_date(at: OffsetDateTime) -> Date {
    in_paris(at).date()
}

/// The date in Paris at that moment, as the database keeps dates.
pub fn paris_day(at: OffsetDateTime) -> time::Date {
    kept(paris_date(at))
}

/// A date as the database keeps it.
pub fn kept(date: Date) -> time::Date {
    u8::try_from(date.month())
        .ok()
        .and_then(|month| time::Month::try_from(month).ok())
        .zip(u8::try_from(date.day()).ok())
        .and_then(|(month, day)| time::Date::from_calendar_date(i32::from(date.year()), month, day).ok())
        .unwrap_or(time::Date::MAX)
}

/// A date the database keeps, to count with.
pub fn civil(date: time::Date) -> Date {
    let month = i8::try_from(u8::from(date.month())).unwrap_or(1);
    let day = i8::try_from(date.day()).unwrap_or(1);
    i16::try_from(date.year()).ok().and_then(|year| Date::new(year, month, day).ok()).unwrap_or(Date::MAX)
}

/// « mai », from its number; « janvier » when there is no such month.
pub fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or(MONTHS[0])
}

/// A date as written in text: « 1er décembre 2026 », no-break spaces inside.
pub fn date_in_full(date: Date) -> String {
    let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{day}\u{a0}{}\u{a0}{}", month_name(date.month()), date.year())
}

/// A date kept by the database, in full: « 24 mai 2017 ».
pub fn written(date: time::Date) -> String {
    date_in_full(civil(date))
}

/// The Paris date of a moment, in full: « 3 décembre 2026 ».
pub fn day(at: OffsetDateTime) -> String {
    date_in_full(paris_date(at))
}

/// A moment in full: « 3 décembre 2026 à 14 h 03 ».
pub fn moment(at: OffsetDateTime) -> String {
    format!("{} à {}", day(at), time_of_day(at))
}

/// The time in Paris: « 14 h 03 ».
pub fn time_of_day(at: OffsetDateTime) -> String {
    let paris = in_paris(at);
    format!("{}\u{a0}h\u{a0}{:02}", paris.hour(), paris.minute())
}

/// That full hour of a date in Paris; nothing when there is no such hour.
pub fn paris_hour(date: Date, hour: i8) -> Option<OffsetDateTime> {
    let zoned = date.at(hour, 0, 0, 0).to_zoned(PARIS.clone()).ok()?;
    OffsetDateTime::from_unix_timestamp(zoned.timestamp().as_second()).ok()
}

/// For the `datetime` attribute: RFC 3339 in UTC.
pub fn machine(at: OffsetDateTime) -> String {
    at.format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
}

/// Whole days between the two Paris dates; never negative.
pub fn days_between(from: OffsetDateTime, to: OffsetDateTime) -> i64 {
    i64::from(whole_days(paris_date(from), paris_date(to)).max(0))
}

/// Days from the one date to the other; negative when it is past.
pub fn whole_days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The same day `count` months later, the last of the month when it has no such day: 30 November, then 28 February.
pub fn months_after(from: Date, count: i32) -> Date {
    from.saturating_add(count.months())
}

/// The date `count` days after `from`.
pub fn days_after(from: Date, count: i32) -> Date {
    from.saturating_add(count.days())
}

/// The date `count` working days after `from`: neither week-ends nor French public holidays (code du travail L3133-1).
pub fn working_days_after(from: Date, count: u32) -> Date {
    let mut date = from;
    let mut left = count;
    while left > 0 {
        date = date.saturating_add(1.day());
        if is_working_day(date) {
            left -= 1;
        }
    }
    date
}

/// Working days from the one date to the other: the first is not counted, the last is.
pub fn working_days_between(from: Date, to: Date) -> u32 {
    let mut date = from;
    let mut count = 0;
    while date < to {
        date = date.saturating_add(1.day());
        count += u32::from(is_working_day(date));
    }
    count
}

/// Neither Saturday, Sunday nor one of the eleven public holidays.
pub fn is_working_day(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_public_holiday(date)
}

fn is_public_holiday(date: Date) -> bool {
    const FIXED: [(i8, i8); 8] = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
    if FIXED.contains(&(date.month(), date.day())) {
        return true;
    }
    let easter = easter_sunday(date.year());
    // Easter Monday, Ascension, Whit Monday
    [1, 39, 50].into_iter().any(|days| easter.saturating_add(days.days()) == date)
}

/// Gregorian Easter, by the anonymous computation (Meeus, « Astronomical Algorithms », chapter 8), under its letters.
#[expect(clippy::many_single_char_names, reason = "the letters of the published computation")]
fn easter_sunday(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    let (month, day) = (i8::try_from(n / 31).unwrap_or(4), i8::try_from(n % 31 + 1).unwrap_or(1));
    Date::new(year, month, day).unwrap_or_else(|_| jiff::civil::date(year, 4, 1))
}

/// A date as a date field sends it (2026-12-03) or as people write it (3/12/2026), not before that year; nothing is allowed.
///
/// # Errors
/// The sentence to show.
pub fn parse_date_since(typed: &str, first_year: i16) -> Result<Option<Date>, String> {
    const FAULT: &str = "Cette date n’existe pas. Exemple : 03/12/2026";
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = typed.split(['-', '/', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return Err(FAULT.into()) };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    let date = match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).map_err(|_| FAULT.to_owned())?,
        _ => return Err(FAULT.into()),
    };
    if !(first_year..=2100).contains(&date.year()) {
        return Err("Cette date est trop éloignée. Indiquez l’année sur quatre chiffres. Exemple : 03/12/2026".into());
    }
    Ok(Some(date))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_moment_is_written_as_paris_reads_it() {
        assert_eq!(moment(datetime!(2026-12-03 13:03 UTC)), "3\u{a0}décembre\u{a0}2026 à 14\u{a0}h\u{a0}03");
        assert_eq!(day(datetime!(2026-11-30 23:30 UTC)), "1er\u{a0}décembre\u{a0}2026");
        assert_eq!(time_of_day(datetime!(2026-07-01 7:05 UTC)), "9\u{a0}h\u{a0}05");
        assert_eq!(written(time::macros::date!(2017 - 05 - 24)), "24\u{a0}mai\u{a0}2017");
        assert_eq!(civil(kept(date(2028, 2, 29))), date(2028, 2, 29));
        assert_eq!(whole_days(date(2026, 12, 31), date(2026, 12, 1)), -30);
    }

    #[test]
    fn easter_falls_where_the_calendar_says() {
        for (year, month, day) in [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)] {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
    }

    #[test]
    fn ten_working_days_skip_weekends_and_holidays() {
        assert_eq!(working_days_after(date(2026, 11, 23), 10), date(2026, 12, 7));
        // 25 December and 1 January are public holidays
        assert_eq!(working_days_after(date(2026, 12, 21), 10), date(2027, 1, 6));
        // Easter Monday 2026 is 6 April
        assert_eq!(working_days_after(date(2026, 4, 3), 1), date(2026, 4, 7));
    }

    proptest! {
        #[test]
        fn working_days_land_on_a_working_day_and_never_shorten(offset in 0i32..20_000, count in 1u32..40) {
            let from = date(2020, 1, 1).saturating_add(offset.days());
            let to = working_days_after(from, count);
            prop_assert!(is_working_day(to));
            prop_assert!(to > from);
            prop_assert!(working_days_after(from, count + 1) > to);
            prop_assert_eq!(working_days_between(from, to), count);
        }
    }
}
