//! The curves of a participant: what is drawn of its months.

use super::{Figures, Month, Participation, Reports, Tenths, figures::grouped};
use crate::chart::{Chart, Pair, Series};

/// The share of FranceConnect in connections and in the accounts created; nothing before the first report.
pub fn of_shares(participation: &Participation, reports: &Reports) -> Option<Chart> {
    draw_shares(&pairs(participation, reports, |figures| (tenths(figures.share_of_connections()), tenths(figures.share_of_accounts()))))
}

/// The same shares of several participants together, month after month; nothing when no month has one.
pub fn of_monthly_shares(shares: &[(Month, Option<Tenths>, Option<Tenths>)]) -> Option<Chart> {
    let pairs: Vec<(Month, Pair)> =
        shares.iter().map(|(month, connections, accounts)| (*month, (tenths(*connections), tenths(*accounts)))).collect();
    draw_shares(&pairs)
}

/// Connections through FranceConnect and in all; nothing before the first report.
pub fn of_connections(participation: &Participation, reports: &Reports) -> Option<Chart> {
    let pairs = pairs(participation, reports, |figures| (Some(figures.connections_through_fc), Some(figures.connections)));
    let series = of_months("Connexions par mois", ("par FranceConnect", "en tout"), &pairs, 1)?;
    Chart::draw(&series, &grouped, &grouped)
}

fn tenths(share: Option<Tenths>) -> Option<u64> {
    share.and_then(|share| u64::try_from(share.0).ok())
}

fn draw_shares(pairs: &[(Month, Pair)]) -> Option<Chart> {
    let written = |tenths: u64| Tenths(i32::try_from(tenths).unwrap_or(1000)).to_string();
    let series = of_months("Part de FranceConnect", ("connexions", "créations de compte"), pairs, 100)?;
    Chart::draw(&series, &written, &|most| format!("{}\u{a0}%", most / 10))
}

fn pairs(participation: &Participation, reports: &Reports, of: impl Fn(&Figures) -> Pair) -> Vec<(Month, Pair)> {
    let last = reports.keys().next_back().copied();
    let shown = participation.months().take_while(|month| last.is_some_and(|last| *month <= last));
    let of_month = |month: &Month| reports.get(month).and_then(|sent| sent.last()).map_or((None, None), |sent| of(&sent.report.figures));
    shown.map(|month| (month, of_month(&month))).collect()
}

/// The months of a participation as the steps of a chart.
fn of_months(title: &'static str, names: (&'static str, &'static str), pairs: &[(Month, Pair)], unit: u64) -> Option<Series> {
    let (from, to) = (pairs.first()?.0, pairs.last()?.0);
    let when = if from == to { format!("en {}", from.in_full()) } else { format!("de {} à {}", from.in_full(), to.in_full()) };
    let steps = pairs.iter().map(|(month, pair)| (month.short().to_owned(), *pair)).collect();
    Some(Series { title, names, when, steps, unit, most_named: 13 })
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
        let chart = of_connections(&Participation::example(), &reports(&[("2027-01", 10, 100), ("2027-03", 45, 90)])).expect("a chart");
        assert_eq!(chart.ticks.len(), 3);
        assert_eq!(chart.first.points.iter().map(|point| point.x.to_string()).collect::<Vec<_>>(), ["70", "482"]);
        assert_eq!(chart.second.points[0].y.to_string(), "36", "the most is on the top line");
        assert_eq!(
            chart.says.replace('\u{a0}', " "),
            "Connexions par mois de janvier 2027 à mars 2027 : par FranceConnect, de 10 à 45 ; en tout, de 100 à 90"
        );
    }

    #[test]
    fn a_curve_without_a_value_says_so_and_no_report_draws_nothing() {
        let shares = of_shares(&Participation::example(), &reports(&[("2027-01", 25, 100)])).expect("a chart");
        assert!(shares.says.ends_with("connexions, 25,0\u{a0}%\u{a0}; créations de compte, sans valeur"), "{}", shares.says);
        assert_eq!(of_shares(&Participation::example(), &Reports::new()), None);
    }
}
