//! The curves of a participant, as places on a sheet: what is drawn, and in words what it shows.

use super::{Figures, Month, Participation, Reports, Tenths, figures::grouped};

/// Where the first and the last month stand, and the lines of nothing and of most, in units of the drawing.
const LEFT: f64 = 70.0;
const RIGHT: f64 = 482.0;
const BOTTOM: f64 = 220.0;
const TOP: f64 = 36.0;

/// A point of a curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// What is written at the end of the curve.
    pub words: String,
}

impl Point {
    /// The corner of the square that marks it.
    pub fn corner(&self) -> (String, String) {
        (format!("{:.1}", self.x - 4.0), format!("{:.1}", self.y - 4.0))
    }

    /// Its places.
    pub fn at(&self) -> (String, String) {
        (format!("{:.1}", self.x), format!("{:.1}", self.y))
    }
}

/// One of the two curves; months without a report are no point of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Its points, from left to right.
    pub points: Vec<Point>,
}

impl Curve {
    /// As `polyline` wants them.
    pub fn path(&self) -> String {
        let points: Vec<String> = self.points.iter().map(|point| format!("{:.1},{:.1}", point.x, point.y)).collect();
        points.join(" ")
    }

    /// The height at which its last value is written.
    pub fn label_at(&self) -> Option<(f64, &str)> {
        self.points.last().map(|point| (point.y + 4.0, point.words.as_str()))
    }
}

/// A line across the sheet, and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// From the top.
    pub y: f64,
    /// What it is worth.
    pub words: String,
}

/// The name of a month under the sheet; every other one is left out on a narrow screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// From the left.
    pub x: f64,
    /// « juil. ».
    pub words: &'static str,
    /// Left out on a narrow screen.
    pub is_minor: bool,
}

/// Two curves over the same months.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Its title.
    pub title: &'static str,
    /// What the first curve is.
    pub first_name: &'static str,
    /// What the second is.
    pub second_name: &'static str,
    /// The first curve.
    pub first: Curve,
    /// The second.
    pub second: Curve,
    /// The lines of the sheet, the lowest first.
    pub rules: Vec<Rule>,
    /// The months.
    pub ticks: Vec<Tick>,
    /// What it shows, for whoever hears it.
    pub says: String,
}

/// What is drawn of a month.
type Pair = (Option<u64>, Option<u64>);

impl Chart {
    /// The share of FranceConnect in connections and in the accounts created; nothing before the first report.
    pub fn of_shares(participation: &Participation, reports: &Reports) -> Option<Self> {
        draw_shares(&pairs(participation, reports, |figures| {
            (tenths(figures.share_of_connections()), tenths(figures.share_of_accounts()))
        }))
    }

    /// The same shares of several participants together, month after month; nothing when no month has one.
    pub fn of_monthly_shares(shares: &[(Month, Option<Tenths>, Option<Tenths>)]) -> Option<Self> {
        let pairs: Vec<(Month, Pair)> =
            shares.iter().map(|(month, connections, accounts)| (*month, (tenths(*connections), tenths(*accounts)))).collect();
        draw_shares(&pairs)
    }

    /// Connections through FranceConnect and in all; nothing before the first report.
    pub fn of_connections(participation: &Participation, reports: &Reports) -> Option<Self> {
        let pairs = pairs(participation, reports, |figures| (Some(figures.connections_through_fc), Some(figures.connections)));
        draw("Connexions par mois", ("par FranceConnect", "en tout"), &pairs, 1, &grouped, &grouped)
    }
}

fn tenths(share: Option<Tenths>) -> Option<u64> {
    share.and_then(|share| u64::try_from(share.0).ok())
}

fn draw_shares(pairs: &[(Month, Pair)]) -> Option<Chart> {
    let written = |tenths: u64| Tenths(i32::try_from(tenths).unwrap_or(1000)).to_string();
    draw("Part de FranceConnect", ("connexions", "créations de compte"), pairs, 100, &written, &|most| format!("{}\u{a0}%", most / 10))
}

fn pairs(participation: &Participation, reports: &Reports, of: impl Fn(&Figures) -> Pair) -> Vec<(Month, Pair)> {
    let last = reports.keys().next_back().copied();
    let shown = participation.months().take_while(|month| last.is_some_and(|last| *month <= last));
    let of_month = |month: &Month| reports.get(month).and_then(|sent| sent.last()).map_or((None, None), |sent| of(&sent.report.figures));
    shown.map(|month| (month, of_month(&month))).collect()
}

/// The least round number, a multiple of `unit`, that leaves room for `most`, in four or five steps.
fn scale(most: u64, unit: u64) -> (u64, u64) {
    let mut step = unit.max(1);
    loop {
        for times in [1, 2, 5] {
            let step = step * times;
            if most <= step * 5 {
                return (step, most.div_ceil(step).max(1));
            }
        }
        step *= 10;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a drawing has fewer points than a number has digits")]
fn draw(
    title: &'static str,
    (first_name, second_name): (&'static str, &'static str),
    pairs: &[(Month, Pair)],
    unit: u64,
    written: &dyn Fn(u64) -> String,
    on_rule: &dyn Fn(u64) -> String,
) -> Option<Chart> {
    let most = pairs.iter().flat_map(|(_, (first, second))| [*first, *second]).flatten().max()?;
    let (step, steps) = scale(most, unit);
    let top = (step * steps) as f64;
    let y = |value: u64| BOTTOM - (value as f64 / top) * (BOTTOM - TOP);
    let gap = if pairs.len() > 1 { (RIGHT - LEFT) / (pairs.len() - 1) as f64 } else { 0.0 };
    let x = |at: usize| LEFT + gap * at as f64;
    let curve = |pick: fn(&Pair) -> Option<u64>| Curve {
        points: pairs
            .iter()
            .enumerate()
            .filter_map(|(at, (_, pair))| pick(pair).map(|value| Point { x: x(at), y: y(value), words: written(value) }))
            .collect(),
    };
    let (first, mut second) = (curve(|pair| pair.0), curve(|pair| pair.1));
    keep_labels_apart(&first, &mut second);
    let ends = |curve: &Curve, name: &str| match (curve.points.first(), curve.points.last()) {
        (Some(from), Some(to)) if curve.points.len() > 1 => format!("{name}, de {} à {}", from.words, to.words),
        (Some(only), _) => format!("{name}, {}", only.words),
        _ => format!("{name}, sans valeur"),
    };
    let (from, to) = (pairs.first()?.0, pairs.last()?.0);
    let when = if from == to { format!("en {}", from.in_full()) } else { format!("de {} à {}", from.in_full(), to.in_full()) };
    Some(Chart {
        title,
        first_name,
        second_name,
        says: format!("{title} {when}\u{a0}: {}\u{a0}; {}", ends(&first, first_name), ends(&second, second_name)),
        first,
        second,
        rules: (0..=steps).map(|at| Rule { y: y(step * at), words: on_rule(step * at) }).collect(),
        ticks: pairs
            .iter()
            .enumerate()
            .map(|(at, (month, _))| Tick { x: x(at), words: month.short(), is_minor: at % 2 == 1 || (pairs.len() > 8 && at % 4 != 0) })
            .collect(),
    })
}

/// The two last values are not written over one another: the second gives way.
fn keep_labels_apart(first: &Curve, second: &mut Curve) {
    const LINE: f64 = 16.0;
    if let (Some(one), Some(other)) = (first.points.last(), second.points.last_mut())
        && (one.y - other.y).abs() < LINE
        && one.x.total_cmp(&other.x).is_eq()
    {
        other.words.clear();
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::participation::{Report, Sent};

    fn reports(of: &[(&str, u64, u64)]) -> Reports {
        let sent = |through, all| Sent {
            number: 1,
            report: Report {
                figures: Figures { connections_through_fc: through, connections: all, accounts_through_fc: 0, accounts: 0 },
                ..Report::example()
            },
            confirmed: String::new(),
            because: String::new(),
            is_imported: false,
            author: "Hélène".into(),
            sent_at: datetime!(2027-03-04 09:00 UTC),
            files: Vec::new(),
        };
        of.iter().map(|(month, through, all)| (Month::parse(month).expect("a month"), vec![sent(*through, *all)])).collect()
    }

    #[test]
    fn a_month_without_a_report_is_no_point_and_has_its_place() {
        let chart =
            Chart::of_connections(&Participation::example(), &reports(&[("2027-01", 10, 100), ("2027-03", 45, 90)])).expect("a chart");
        assert_eq!(chart.ticks.len(), 3);
        assert_eq!(chart.first.points.iter().map(|point| point.x.to_string()).collect::<Vec<_>>(), ["70", "482"]);
        assert_eq!(chart.second.points[0].y.to_string(), TOP.to_string(), "the most is on the top line");
        assert_eq!(
            chart.says.replace('\u{a0}', " "),
            "Connexions par mois de janvier 2027 à mars 2027 : par FranceConnect, de 10 à 45 ; en tout, de 100 à 90"
        );
    }

    #[test]
    fn a_curve_without_a_value_says_so_and_no_report_draws_nothing() {
        let shares = Chart::of_shares(&Participation::example(), &reports(&[("2027-01", 25, 100)])).expect("a chart");
        assert!(shares.says.ends_with("connexions, 25,0\u{a0}%\u{a0}; créations de compte, sans valeur"), "{}", shares.says);
        assert_eq!(Chart::of_shares(&Participation::example(), &Reports::new()), None);
    }

    #[test]
    fn a_scale_is_round_and_leaves_room() {
        for (most, unit, expected) in
            [(100, 1, (20, 5)), (17_240, 1, (5_000, 4)), (383, 100, (100, 4)), (1000, 100, (200, 5)), (0, 1, (1, 1)), (12, 100, (100, 1))]
        {
            assert_eq!(scale(most, unit), expected, "{most}");
        }
    }
}
