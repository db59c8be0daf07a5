//! Charts as places on a sheet: two curves over the same steps of time, what is drawn, and in words what it shows. Pages draw them on the
//! server (`templates/components/chart.html`), beside a table of the same figures.

/// Where the first and the last step stand, and the lines of nothing and of most, in units of the drawing.
const LEFT: f64 = 70.0;
const RIGHT: f64 = 482.0;
const BOTTOM: f64 = 220.0;
const TOP: f64 = 36.0;

/// From a point down to the line its value is written on, and what two such lines take at their largest.
const BELOW: f64 = 4.0;
const LINE: f64 = 24.0;

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

/// One of the two curves; steps without a value are no point of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Its points, from left to right.
    pub points: Vec<Point>,
    /// How far from the top its last value is written; nowhere when the other curve ends with the same.
    label: Option<f64>,
}

impl Curve {
    /// As `polyline` wants them.
    pub fn path(&self) -> String {
        let points: Vec<String> = self.points.iter().map(|point| format!("{:.1},{:.1}", point.x, point.y)).collect();
        points.join(" ")
    }

    /// Its last value, and the height at which it is written.
    pub fn label_at(&self) -> Option<(f64, &str)> {
        self.label.zip(self.points.last().map(|point| point.words.as_str()))
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

/// The name of a step under the sheet; some are left out on a narrow screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// From the left.
    pub x: f64,
    /// « juil. ».
    pub words: String,
    /// Left out on a narrow screen.
    pub is_minor: bool,
}

/// Two curves over the same steps of time.
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
    /// The steps that are named.
    pub ticks: Vec<Tick>,
    /// What it shows, for whoever hears it.
    pub says: String,
}

/// What is drawn of a step: a value of each curve, or none.
pub type Pair = (Option<u64>, Option<u64>);

/// What two curves are made of.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its title.
    pub title: &'static str,
    /// What each curve is.
    pub names: (&'static str, &'static str),
    /// From when to when, as the end of the title: « de janvier 2027 à mars 2027 ».
    pub when: String,
    /// Each step, in a few letters, and its values.
    pub steps: Vec<(String, Pair)>,
    /// The least step between two lines of the sheet.
    pub unit: u64,
    /// Steps that may be named side by side under the sheet: thirteen short months, fewer of longer names.
    pub most_named: usize,
}

impl Chart {
    /// Draws two curves; nothing when there is no value. `written` says a value at the end of its curve, `on_rule` beside a line of the sheet.
    pub fn draw(series: &Series, written: &dyn Fn(u64) -> String, on_rule: &dyn Fn(u64) -> String) -> Option<Self> {
        let (steps, count) = (&series.steps, series.steps.len());
        let most = steps.iter().flat_map(|(_, (first, second))| [*first, *second]).flatten().max()?;
        let (rule, rules) = scale(most, series.unit);
        let places = Places { top: float(rule * rules), gap: if count > 1 { (RIGHT - LEFT) / float_of(count - 1) } else { 0.0 } };
        let curve = |pick: fn(&Pair) -> Option<u64>| {
            let point =
                |(at, pair): (usize, &Pair)| pick(pair).map(|value| Point { x: places.x(at), y: places.y(value), words: written(value) });
            let points: Vec<Point> = steps.iter().map(|(_, pair)| pair).enumerate().filter_map(point).collect();
            Curve { label: points.last().map(|last| last.y + BELOW), points }
        };
        let (mut first, mut second) = (curve(|pair| pair.0), curve(|pair| pair.1));
        keep_labels_apart(&mut first, &mut second);
        // As many names as there is room for.
        let every = count.div_ceil(series.most_named.max(1)).max(1);
        let named = steps.iter().enumerate().filter(|(at, _)| at % every == 0);
        let (first_name, second_name) = series.names;
        Some(Self {
            title: series.title,
            first_name,
            second_name,
            says: format!("{} {}\u{a0}: {}\u{a0}; {}", series.title, series.when, ends(&first, first_name), ends(&second, second_name)),
            first,
            second,
            rules: (0..=rules).map(|at| Rule { y: places.y(rule * at), words: on_rule(rule * at) }).collect(),
            ticks: named
                .enumerate()
                .map(|(place, (at, (words, _)))| Tick {
                    x: places.x(at),
                    words: words.clone(),
                    is_minor: place % 2 == 1 || (count.div_ceil(every) > 8 && place % 4 != 0),
                })
                .collect(),
        })
    }
}

/// Where values and steps stand.
struct Places {
    top: f64,
    gap: f64,
}

impl Places {
    fn x(&self, at: usize) -> f64 {
        LEFT + self.gap * float_of(at)
    }

    fn y(&self, value: u64) -> f64 {
        BOTTOM - (float(value) / self.top) * (BOTTOM - TOP)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a drawing has fewer points than a number has digits")]
fn float(value: u64) -> f64 {
    value as f64
}

fn float_of(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

fn ends(curve: &Curve, name: &str) -> String {
    match (curve.points.first(), curve.points.last()) {
        (Some(from), Some(_)) if curve.points.len() > 1 && curve.points.iter().all(|point| point.words == from.words) => {
            format!("{name}, toujours {}", from.words)
        }
        (Some(from), Some(to)) if curve.points.len() > 1 => format!("{name}, de {} à {}", from.words, to.words),
        (Some(only), _) => format!("{name}, {}", only.words),
        _ => format!("{name}, sans valeur"),
    }
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

/// The two last values are not written over one another: each gives way by half, above the names of the steps; the same one is written once.
fn keep_labels_apart(first: &mut Curve, second: &mut Curve) {
    let (Some(one), Some(other)) = (first.points.last(), second.points.last()) else { return };
    let apart = (one.y - other.y).abs();
    if !one.x.total_cmp(&other.x).is_eq() || apart >= LINE {
        return;
    }
    if one.words == other.words {
        second.label = None;
        return;
    }
    let is_first_below = one.y > other.y;
    let low = (one.y.max(other.y) + (LINE - apart) / 2.0).min(BOTTOM) + BELOW;
    let (below, above) = if is_first_below { (first, second) } else { (second, first) };
    (below.label, above.label) = (Some(low), Some(low - LINE));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(steps: usize) -> Series {
        Series {
            title: "Arrivées",
            names: ("reçues", "places"),
            when: "depuis l’ouverture".into(),
            steps: (0..steps).map(|at| (format!("s{at}"), (Some(at as u64), Some(10)))).collect(),
            unit: 1,
            most_named: 13,
        }
    }

    #[test]
    fn a_scale_is_round_and_leaves_room() {
        for (most, unit, expected) in
            [(100, 1, (20, 5)), (17_240, 1, (5_000, 4)), (383, 100, (100, 4)), (1000, 100, (200, 5)), (0, 1, (1, 1)), (12, 100, (100, 1))]
        {
            assert_eq!(scale(most, unit), expected, "{most}");
        }
    }

    #[test]
    fn two_curves_that_end_close_together_are_written_apart_and_told_whole() {
        let drawn = |last: (u64, u64)| {
            let steps = vec![("a".into(), (Some(0), Some(100))), ("b".into(), (Some(last.0), Some(last.1)))];
            let chart =
                Chart::draw(&Series { steps, ..series(0) }, &|value| value.to_string(), &|value| value.to_string()).expect("a chart");
            let at = |curve: &Curve| curve.label_at().map(|(y, words)| (format!("{y:.0}"), words.to_owned()));
            (at(&chart.first), at(&chart.second), chart.says)
        };
        let (first, second, says) = drawn((97, 100));
        assert_eq!((first, second), (Some(("55".into(), "97".into())), Some(("31".into(), "100".into()))));
        assert!(says.ends_with("reçues, de 0 à 97\u{a0}; places, toujours 100"), "{says}");
        let (first, second, _) = drawn((1, 0));
        assert_eq!((first, second), (Some(("200".into(), "1".into())), Some(("224".into(), "0".into()))), "above the names of the steps");
        let (first, second, says) = drawn((50, 50));
        assert_eq!((first, second), (Some(("132".into(), "50".into())), None));
        assert!(says.ends_with("places, de 100 à 50"), "{says}");
    }

    #[test]
    fn every_step_has_a_point_and_as_many_have_a_name_as_there_is_room_for() {
        let draw = |steps| Chart::draw(&series(steps), &|value| value.to_string(), &|value| value.to_string());
        assert_eq!(draw(0), None);
        let long = draw(27).expect("a chart");
        assert_eq!((long.first.points.len(), long.ticks.len()), (27, 9));
        assert!(long.ticks.iter().filter(|tick| !tick.is_minor).count() < 5);
        assert_eq!(draw(13).expect("a chart").ticks.len(), 13);
        assert_eq!(draw(1).expect("a chart").first.points[0].x.to_string(), LEFT.to_string());
    }
}
