//! When complete candidatures came: week by week of a campaign, or month by month when it lasts longer than half a year.

use time::{Date, Duration};

use super::{Campaign, CampaignChange};
use crate::{
    calendar,
    chart::{Chart, Series},
    text::grouped,
};

/// Weeks that are told one by one; more are told by month.
const MOST_WEEKS: i64 = 26;

/// A week or a month, and how many came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first day, Paris date; the first one begins no sooner than the campaign.
    pub from: Date,
    /// Complete candidatures that came in it.
    pub came: u32,
    /// Since the opening, those included.
    pub in_all: u32,
    /// Places of the campaign at its end.
    pub places: u32,
}

/// When complete candidatures came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrivals {
    /// Told by week; by month otherwise.
    pub by_week: bool,
    /// From the opening to the day, or to the closing.
    pub periods: Vec<Period>,
}

impl Arrivals {
    /// Those of a campaign on a day, from how many came each day and the changes that were agreed, oldest first; none before it opens.
    pub fn of(campaign: &Campaign, each_day: &[(Date, u32)], agreed: &[CampaignChange], today: Date) -> Self {
        let last = each_day.iter().map(|(day, _)| *day).max().unwrap_or(campaign.opens_on).max(today.min(campaign.closes_on));
        let by_week = (last - campaign.opens_on).whole_weeks() < MOST_WEEKS;
        let mut periods: Vec<Period> = Vec::new();
        let mut from = campaign.opens_on;
        if today >= campaign.opens_on {
            while from <= last {
                let Some(next) = next_after(from, by_week) else { break };
                periods.push(Period { from, came: 0, in_all: 0, places: places_before(next, campaign, agreed) });
                from = next;
            }
        }
        for (day, count) in each_day {
            // What came before the opening, the dates having been changed since, is told with the first.
            let at = periods.partition_point(|period| period.from <= *day).saturating_sub(1);
            if let Some(period) = periods.get_mut(at) {
                period.came += count;
            }
        }
        let mut in_all = 0;
        for period in &mut periods {
            in_all += period.came;
            period.in_all = in_all;
        }
        Self { by_week, periods }
    }

    /// « Semaine du 11 janvier 2027 », « Janvier 2027 ».
    pub fn name(&self, period: &Period) -> String {
        if self.by_week {
            format!("Semaine du {}", calendar::written(period.from))
        } else {
            let month = month_in_full(period.from);
            let mut letters = month.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    }

    /// « Semaine » or « Mois ».
    pub fn unit(&self) -> &'static str {
        if self.by_week { "Semaine" } else { "Mois" }
    }

    /// In all, beside the places; nothing before anybody came.
    pub fn chart(&self) -> Option<Chart> {
        let (first, last) = (self.periods.first()?, self.periods.last().filter(|last| last.in_all > 0)?);
        let step = |period: &Period| (self.short(period.from), (Some(period.in_all.into()), Some(period.places.into())));
        let when = if self.by_week {
            format!("du {} à la semaine du {}", calendar::written(first.from), calendar::written(last.from))
        } else {
            format!("de {} à {}", month_in_full(first.from), month_in_full(last.from))
        };
        let series = Series {
            title: "Candidatures complètes depuis l’ouverture",
            names: ("candidatures complètes, en tout", "places"),
            when,
            steps: self.periods.iter().map(step).collect(),
            unit: 1,
            most_named: 9,
        };
        Chart::draw(&series, &grouped, &grouped)
    }

    fn short(&self, from: Date) -> String {
        let month = u8::from(from.month());
        if self.by_week { format!("{:02}/{month:02}", from.day()) } else { format!("{month:02}/{:02}", from.year() % 100) }
    }
}

/// The places a campaign had when a day began: as the last change agreed before it left them, or as the first one found them.
fn places_before(day: Date, campaign: &Campaign, agreed: &[CampaignChange]) -> u32 {
    let is_before = |change: &&CampaignChange| change.settled.as_ref().is_some_and(|settled| calendar::paris_day(settled.at) < day);
    match agreed.iter().rfind(is_before) {
        Some(change) => change.after.capacity,
        None => agreed.first().and_then(|change| change.before.as_ref()).unwrap_or(campaign).capacity,
    }
}

/// The Monday after, or the first day of the next month.
fn next_after(from: Date, by_week: bool) -> Option<Date> {
    if by_week {
        from.checked_add(Duration::days(7 - i64::from(from.weekday().number_days_from_monday())))
    } else {
        let month = from.month().next();
        Date::from_calendar_date(from.year() + i32::from(month == time::Month::January), month, 1).ok()
    }
}

/// « janvier 2027 ».
fn month_in_full(day: Date) -> String {
    let name = calendar::month_name(i8::try_from(u8::from(day.month())).unwrap_or(1));
    format!("{name}\u{a0}{}", day.year())
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;
    use crate::{
        experimentation::{ChangeState, change::Signed},
        ids::{AccountId, CampaignChangeId},
    };

    fn told(arrivals: &Arrivals) -> Vec<(String, u32, u32)> {
        arrivals.periods.iter().map(|period| (arrivals.name(period).replace('\u{a0}', " "), period.came, period.in_all)).collect()
    }

    #[test]
    fn each_week_since_the_opening_is_told_even_without_anybody() {
        let each_day = [(date!(2027 - 01 - 11), 3), (date!(2027 - 01 - 17), 1), (date!(2027 - 01 - 25), 2)];
        let arrivals = Arrivals::of(&Campaign::example(), &each_day, &[], date!(2027 - 02 - 03));
        assert_eq!(
            told(&arrivals),
            [
                ("Semaine du 11 janvier 2027".into(), 4, 4),
                ("Semaine du 18 janvier 2027".into(), 0, 4),
                ("Semaine du 25 janvier 2027".into(), 2, 6),
                ("Semaine du 1er février 2027".into(), 0, 6),
            ]
        );
        let chart = arrivals.chart().expect("a chart");
        assert_eq!((chart.first.points.len(), chart.ticks[1].words.as_str()), (4, "18/01"));
        assert!(chart.says.ends_with("candidatures complètes, en tout, de 4 à 6\u{a0}; places, toujours 100"), "{}", chart.says);
    }

    #[test]
    fn the_places_of_each_week_are_those_of_its_end() {
        let agreed = |at, from: Option<u32>, to| {
            let of = |capacity| Campaign { capacity, ..Campaign::example() };
            let by = Signed { account: AccountId(1), name: "Marc Rousseau".into(), at };
            let (reason, answer) = (String::new(), String::new());
            let (id, state, settled) = (CampaignChangeId(1), ChangeState::Agreed, Some(by.clone()));
            CampaignChange { id, campaign: None, reason, before: from.map(of), after: of(to), proposed: by, state, settled, answer }
        };
        let places = |changes: &[CampaignChange]| {
            let campaign = Campaign { capacity: 120, ..Campaign::example() };
            let arrivals = Arrivals::of(&campaign, &[], changes, date!(2027 - 01 - 26));
            arrivals.periods.iter().map(|period| period.places).collect::<Vec<_>>()
        };
        let announced = agreed(datetime!(2026-12-20 09:00 UTC), None, 80);
        let raised = |at| agreed(at, Some(80), 120);
        assert_eq!(places(&[announced.clone(), raised(datetime!(2027-01-24 22:30 UTC))]), [80, 120, 120], "Sunday 23 h 30 in Paris");
        assert_eq!(places(&[announced, raised(datetime!(2027-01-24 23:30 UTC))]), [80, 80, 120], "Monday 0 h 30 in Paris");
        assert_eq!(places(&[raised(datetime!(2027-01-20 09:00 UTC))]), [80, 120, 120], "one written down before there were announcements");
        assert_eq!(places(&[]), [120; 3]);
    }

    #[test]
    fn a_week_begins_on_monday_and_the_first_one_with_the_campaign() {
        let campaign = Campaign { opens_on: date!(2027 - 01 - 14), ..Campaign::example() };
        let arrivals = Arrivals::of(&campaign, &[(date!(2027 - 01 - 17), 1), (date!(2027 - 01 - 18), 1)], &[], date!(2027 - 01 - 18));
        assert_eq!(told(&arrivals), [("Semaine du 14 janvier 2027".into(), 1, 1), ("Semaine du 18 janvier 2027".into(), 1, 2)]);
    }

    #[test]
    fn a_long_campaign_is_told_by_month() {
        let campaign = Campaign { closes_on: date!(2027 - 12 - 20), ..Campaign::example() };
        let arrivals = Arrivals::of(&campaign, &[(date!(2027 - 01 - 31), 5), (date!(2027 - 12 - 01), 2)], &[], date!(2028 - 02 - 01));
        let told = told(&arrivals);
        assert_eq!((told.len(), &told[0], &told[11]), (12, &("Janvier 2027".into(), 5, 5), &("Décembre 2027".into(), 2, 7)));
        assert!(arrivals.chart().expect("a chart").says.contains("de janvier\u{a0}2027 à décembre\u{a0}2027"));
    }

    #[test]
    fn nothing_is_drawn_before_anybody_came() {
        let before = Arrivals::of(&Campaign::example(), &[], &[], date!(2027 - 01 - 10));
        assert_eq!((before.periods.len(), before.chart()), (0, None));
        let opened = Arrivals::of(&Campaign::example(), &[], &[], date!(2027 - 01 - 11));
        assert_eq!((opened.periods.len(), opened.chart()), (1, None));
    }
}
