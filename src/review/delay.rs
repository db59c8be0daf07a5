//! How long an answer takes: told from the last decisions, or not at all.

use time::OffsetDateTime;

use crate::calendar;

/// Decisions looked at.
pub const MOST: usize = 50;

/// Under so many, a figure would be an anecdote.
const FEWEST: usize = 10;

/// What a demande waited for the team: each time it was handed in, until it was answered. The applicant's own time is left out.
pub type Waits = Vec<(OffsetDateTime, OffsetDateTime)>;

/// The expected delay of a decision, in working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    /// Half of the decisions took at most so many.
    pub half: u32,
    /// Nine in ten did.
    pub nine_in_ten: u32,
}

impl Delay {
    /// From the last decisions; nothing when there are too few.
    pub fn of(decisions: &[Waits]) -> Option<Self> {
        let mut days: Vec<u32> = decisions.iter().map(waited).collect();
        days.sort_unstable();
        if days.len() < FEWEST {
            return None;
        }
        Some(Self { half: nearest_rank(&days, 50), nine_in_ten: nearest_rank(&days, 90) })
    }

    /// « La moitié des dernières décisions en 6 jours ouvrés, 9 sur 10 en 12, hors temps de réponse du demandeur. »
    pub fn sentence(self) -> String {
        let Self { half, nine_in_ten } = self;
        let days = if half < 2 { "jour ouvré" } else { "jours ouvrés" };
        format!(
            "La moitié des dernières décisions ont été prises en {half}\u{a0}{days}, 9\u{a0}sur\u{a0}10 en {nine_in_ten}, hors temps de réponse \
             des demandeurs."
        )
    }
}

fn waited(waits: &Waits) -> u32 {
    waits.iter().map(|(from, to)| calendar::working_days_between(calendar::paris_date(*from), calendar::paris_date(*to))).sum()
}

/// The value under which `percent` of the sorted ones stand, that one included.
pub fn nearest_rank<T: Copy + Default>(sorted: &[T], percent: usize) -> T {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use time::{Duration, macros::datetime};

    use super::*;

    /// A decision that took that many working days from Tuesday 1 December 2026, week-ends and Christmas left out.
    fn took(days: i64) -> Waits {
        let from = datetime!(2026-12-01 9:00 UTC);
        let mut to = from;
        while i64::from(waited(&vec![(from, to)])) < days {
            to += Duration::days(1);
        }
        vec![(from, to)]
    }

    #[test]
    fn nothing_is_told_of_fewer_than_ten_decisions() {
        assert_eq!(Delay::of(&[]), None);
        assert_eq!(Delay::of(&vec![took(3); 9]), None);
        assert_eq!(Delay::of(&vec![took(3); 10]), Some(Delay { half: 3, nine_in_ten: 3 }));
    }

    #[test]
    fn half_and_nine_in_ten_are_delays_that_really_happened() {
        let decisions: Vec<Waits> = (1..=20).rev().map(took).collect();
        assert_eq!(Delay::of(&decisions), Some(Delay { half: 10, nine_in_ten: 18 }));
        let one_late: Vec<Waits> = (0..10).map(|index| took(if index == 0 { 15 } else { 2 })).collect();
        assert_eq!(Delay::of(&one_late), Some(Delay { half: 2, nine_in_ten: 2 }));
    }

    #[test]
    fn only_the_time_the_team_took_counts() {
        // handed in on a Friday and answered on the Monday, twice, weeks apart
        let waits = vec![
            (datetime!(2026-12-04 9:00 UTC), datetime!(2026-12-07 9:00 UTC)),
            (datetime!(2026-12-18 9:00 UTC), datetime!(2026-12-21 9:00 UTC)),
        ];
        assert_eq!(waited(&waits), 2);
    }

    #[test]
    fn the_sentence_says_days_of_work() {
        assert!(Delay { half: 1, nine_in_ten: 4 }.sentence().contains("1\u{a0}jour ouvré, 9\u{a0}sur\u{a0}10 en 4,"));
        assert!(Delay { half: 6, nine_in_ten: 12 }.sentence().contains("6\u{a0}jours ouvrés"));
    }
}
