//! When a participation ends, and when that is recalled. Days are Paris dates, « un an » is the same day next year.

use jiff::civil::Date;

use crate::{calendar, experimentation::ParticipationEnd};

/// Days before the end when the holder is told, the nearest first.
const WARNINGS: [i32; 4] = [1, 7, 30, 90];

/// The last day of a participation that began that day: the same day next year or the last day of the campaign if that comes first, or that
/// day in any case, whichever the campaign says. It is never kept: a dated change of the campaign moves it for everybody.
pub fn ends_on(began_on: Date, rule: ParticipationEnd, campaign_ends_on: Date) -> Date {
    match rule {
        ParticipationEnd::Anniversary => calendar::months_after(began_on, 12).min(campaign_ends_on),
        ParticipationEnd::Campaign => campaign_ends_on,
    }
}

/// The warning due that day, by its number of days: late, the nearest one; none once it is over.
pub fn warning(today: Date, ends_on: Date) -> Option<i32> {
    let left = calendar::whole_days(today, ends_on);
    WARNINGS.into_iter().find(|threshold| (0..=*threshold).contains(&left))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_year_ends_the_same_day_or_with_the_campaign() {
        use ParticipationEnd::{Anniversary, Campaign};
        let far = date(2030, 12, 31);
        for (began_on, rule, campaign, expected) in [
            (date(2027, 1, 15), Anniversary, far, date(2028, 1, 15)),
            // 29 February has no anniversary: the day before, which is the last of its month
            (date(2028, 2, 29), Anniversary, far, date(2029, 2, 28)),
            (date(2027, 2, 28), Anniversary, far, date(2028, 2, 28)),
            (date(2027, 12, 31), Anniversary, far, date(2028, 12, 31)),
            // the two changes of the hour
            (date(2027, 3, 28), Anniversary, far, date(2028, 3, 28)),
            (date(2027, 10, 31), Anniversary, far, date(2028, 10, 31)),
            (date(2027, 6, 1), Anniversary, date(2028, 1, 10), date(2028, 1, 10)),
            (date(2027, 6, 1), Campaign, date(2029, 1, 10), date(2029, 1, 10)),
            (date(2027, 6, 1), Campaign, date(2028, 1, 10), date(2028, 1, 10)),
        ] {
            assert_eq!(ends_on(began_on, rule, campaign), expected, "{began_on} {rule}");
        }
    }

    #[test]
    fn the_end_is_recalled_at_90_30_7_and_1_days() {
        let ends_on = date(2028, 1, 15);
        for (today, expected) in [
            (date(2027, 10, 16), None),
            (date(2027, 10, 17), Some(90)),
            (date(2027, 12, 15), Some(90)),
            (date(2027, 12, 16), Some(30)),
            (date(2028, 1, 7), Some(30)),
            (date(2028, 1, 8), Some(7)),
            (date(2028, 1, 13), Some(7)),
            (date(2028, 1, 14), Some(1)),
            (date(2028, 1, 15), Some(1)),
            (date(2028, 1, 16), None),
        ] {
            assert_eq!(warning(today, ends_on), expected, "{today}");
        }
    }

    proptest! {
        #[test]
        fn nobody_takes_part_longer_than_a_year_nor_than_the_campaign(start in 0i32..4_000, length in 0i32..1_500) {
            let began_on = calendar::days_after(date(2026, 1, 1), start);
            let campaign = calendar::days_after(began_on, length);
            let end = ends_on(began_on, ParticipationEnd::Anniversary, campaign);
            prop_assert!(end <= campaign && end >= began_on);
            prop_assert!(calendar::whole_days(began_on, end) <= 366);
            prop_assert!(end == campaign || (end.month() == began_on.month() && end.year() == began_on.year() + 1));
            // a prolongation never shortens
            prop_assert!(ends_on(began_on, ParticipationEnd::Anniversary, calendar::days_after(campaign, 30)) >= end);
        }

        #[test]
        fn each_warning_comes_in_its_order_and_only_before_the_end(left in -400i32..400) {
            let end = date(2028, 1, 15);
            let today = calendar::days_after(end, -left);
            match warning(today, end) {
                None => prop_assert!(!(0..=90).contains(&left)),
                Some(days) => prop_assert!(left <= days && WARNINGS.iter().all(|other| *other >= days || *other < left)),
            }
        }
    }
}
