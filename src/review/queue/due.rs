//! By when a demande should be answered, and how near that is: the day silence decides, or the target the desk gives itself.

use jiff::civil::Date;
use time::{Duration, OffsetDateTime};

use crate::{
    applications::{Kind, State},
    calendar,
};

/// Days before silence decides from which on a dossier is late, and from which on it is near.
const LATE: i64 = 7;
const SOON: i64 = 15;
/// Days before the target from which on it is near.
const TARGET_SOON: i64 = 3;
/// Days from which on « dans 40 jours » tells less than the date.
const FAR: i64 = 30;

const MONTHS: [&str; 12] = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

/// What the days of a list are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today {
    /// The date in Paris.
    pub date: time::Date,
    /// The last day of reception whose target has passed.
    pub target_passed_for: time::Date,
    target_working_days: u32,
}

impl Today {
    /// That day, for a desk that answers in so many working days.
    pub fn at(now: OffsetDateTime, target_working_days: u32) -> Self {
        let (today, date) = (calendar::paris_date(now), calendar::paris_day(now));
        let passed = |days: &i32| calendar::working_days_after(calendar::days_after(today, -*days), target_working_days) < today;
        // Holidays and week-ends are fewer than working days twice over and some.
        let most = i32::try_from(target_working_days.saturating_mul(3).saturating_add(30)).unwrap_or(i32::MAX);
        let days = (0..most).find(passed).unwrap_or(most);
        Self { date, target_passed_for: date - Duration::days(days.into()), target_working_days }
    }

    /// From that day of silence back, a dossier is late.
    pub fn late_until(&self) -> time::Date {
        self.date + Duration::days(LATE)
    }
}

/// How near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Nothing presses.
    Calm,
    /// Soon.
    Soon,
    /// Past, or nearly.
    Late,
}

/// What the column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// « 6 déc., dans 3 jours ».
    pub words: String,
    /// Whether it stands out.
    pub urgency: Urgency,
}

impl Due {
    /// By when a demande should be answered, as known that day.
    pub fn of((kind, state): (Kind, State), received_at: OffsetDateTime, silence_decides_on: Option<time::Date>, today: Today) -> Self {
        match (state, silence_decides_on) {
            (State::Submitted | State::ChangesRequested, Some(on)) => Self::silence(on, today.date),
            (State::Submitted, None) => Self::target(received_at, today),
            (State::ChangesRequested, None) if kind.is_private() => Self::calm("suspendue".into()),
            _ => Self::calm("–".into()),
        }
    }

    fn calm(words: String) -> Self {
        Self { words, urgency: Urgency::Calm }
    }

    fn silence(on: time::Date, today: time::Date) -> Self {
        let left = (on - today).whole_days();
        let day = short((on.day(), u8::from(on.month()), on.year()), today.year());
        let words = match left {
            ..0 => format!("{day}, passée"),
            0 => "aujourd’hui".into(),
            1 => format!("{day}, demain"),
            2..=FAR => format!("{day}, dans {left}\u{a0}jours"),
            _ => day,
        };
        Self { words, urgency: urgency(left, LATE, SOON) }
    }

    fn target(received_at: OffsetDateTime, today: Today) -> Self {
        if calendar::paris_day(received_at) <= today.target_passed_for {
            return Self { words: "objectif dépassé".into(), urgency: Urgency::Late };
        }
        let on = calendar::working_days_after(calendar::paris_date(received_at), today.target_working_days);
        let left = days_until(on, today.date);
        let day = short((on.day().unsigned_abs(), on.month().unsigned_abs(), on.year().into()), today.date.year());
        Self { words: format!("objectif {day}"), urgency: urgency(left, -1, TARGET_SOON) }
    }
}

fn urgency(left: i64, late: i64, soon: i64) -> Urgency {
    if left <= late {
        Urgency::Late
    } else if left <= soon {
        Urgency::Soon
    } else {
        Urgency::Calm
    }
}

fn days_until(date: Date, today: time::Date) -> i64 {
    let start =
        Date::new(i16::try_from(today.year()).unwrap_or(i16::MAX), u8::from(today.month()).cast_signed(), today.day().cast_signed());
    start.and_then(|start| start.until(date)).map_or(0, |span| i64::from(span.get_days()))
}

/// « 6 déc. », with the year when it is another one.
fn short((day, month, year): (u8, u8, i32), this_year: i32) -> String {
    let day = if day == 1 { "1er".to_owned() } else { day.to_string() };
    let month = MONTHS[usize::from(month.clamp(1, 12)) - 1];
    if year == this_year { format!("{day}\u{a0}{month}") } else { format!("{day}\u{a0}{month}\u{a0}{year}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-12-03 09:00 UTC);

    fn due(kind: Kind, state: State, received_at: OffsetDateTime, silence: Option<time::Date>) -> (String, Urgency) {
        let due = Due::of((kind, state), received_at, silence, Today::at(NOW, 10));
        (due.words.replace('\u{a0}', " "), due.urgency)
    }

    #[test]
    fn the_day_silence_decides_is_told_as_it_nears() {
        let of = |silence| due(Kind::Experiment, State::Submitted, datetime!(2026-10-06 8:00 UTC), Some(silence));
        assert_eq!(of(date!(2026 - 12 - 02)), ("2 déc., passée".into(), Urgency::Late));
        assert_eq!(of(date!(2026 - 12 - 03)), ("aujourd’hui".into(), Urgency::Late));
        assert_eq!(of(date!(2026 - 12 - 04)), ("4 déc., demain".into(), Urgency::Late));
        assert_eq!(of(date!(2026 - 12 - 06)), ("6 déc., dans 3 jours".into(), Urgency::Late));
        assert_eq!(of(date!(2026 - 12 - 14)), ("14 déc., dans 11 jours".into(), Urgency::Soon));
        assert_eq!(of(date!(2027 - 01 - 01)), ("1er janv. 2027, dans 29 jours".into(), Urgency::Calm));
        assert_eq!(of(date!(2027 - 01 - 24)), ("24 janv. 2027".into(), Urgency::Calm));
    }

    #[test]
    fn without_a_clock_the_desk_s_own_target_is_told() {
        let of = |received| due(Kind::Administration, State::Submitted, received, None);
        assert_eq!(of(datetime!(2026-11-18 9:00 UTC)), ("objectif dépassé".into(), Urgency::Late));
        assert_eq!(of(datetime!(2026-11-19 9:00 UTC)), ("objectif 3 déc.".into(), Urgency::Soon));
        assert_eq!(of(datetime!(2026-11-20 9:00 UTC)), ("objectif 4 déc.".into(), Urgency::Soon));
        assert_eq!(of(datetime!(2026-12-03 9:00 UTC)), ("objectif 17 déc.".into(), Urgency::Calm));
    }

    #[test]
    fn nothing_is_due_of_what_is_over_and_a_clock_that_stands_is_said_so() {
        let received = datetime!(2026-11-17 9:00 UTC);
        assert_eq!(due(Kind::Experiment, State::ChangesRequested, received, None).0, "suspendue");
        assert_eq!(due(Kind::Administration, State::ChangesRequested, received, None).0, "–");
        assert_eq!(due(Kind::Experiment, State::Approved, received, Some(date!(2026 - 12 - 06))).0, "–");
    }

    proptest! {
        /// What a list finds by one comparison of dates is what each row counts in working days.
        #[test]
        fn the_list_and_the_row_agree_on_what_is_late(days in 0_i64..400, today in 0_i64..800, target in 0_u32..60) {
            let now = datetime!(2026-01-01 12:00 UTC) + Duration::days(today);
            let received = now - Duration::days(days);
            let today = Today::at(now, target);
            let due = calendar::working_days_after(calendar::paris_date(received), target);
            prop_assert_eq!(calendar::paris_day(received) <= today.target_passed_for, due < calendar::paris_date(now));
        }
    }
}
