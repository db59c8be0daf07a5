//! The share of FranceConnect: in connections (S1a), in the accounts created (S1b).

use super::{
    Figure, Headline, Key, Unknown, Value,
    breakdown::{by_month, by_sector, said},
    fact::Counted,
    secrecy::Reader,
};

const HOW: &str = "additionnés sur tous les rapports mensuels reçus au jour du calcul. Un rapport corrigé compte par sa dernière version. Les mois \
                   incomplets, ceux où une participation commence ou finit, sont comptés\u{a0}: les deux nombres portent sur les mêmes jours. Un \
                   mois sans rapport n’est ni compté ni estimé.";

/// The share of FranceConnect in connections.
pub fn of_connections(facts: &[Counted], reader: Reader) -> Figure {
    let words = Words {
        key: Key::Connections,
        name: "Part de FranceConnect dans les connexions",
        definition: "Connexions par FranceConnect divisées par les connexions par tout moyen,",
        columns: ["Par FranceConnect", "En tout", "Part de FranceConnect"],
        headlines: ["Part dans les connexions", "Connexions par FranceConnect", "Connexions en tout"],
        what: "Connexions",
    };
    figure(&words, facts, reader)
}

/// The share of FranceConnect in the accounts created.
pub fn of_accounts(facts: &[Counted], reader: Reader) -> Figure {
    let words = Words {
        key: Key::Accounts,
        name: "Part de FranceConnect dans les créations de compte",
        definition: "Comptes créés par FranceConnect divisés par les comptes créés par tout moyen,",
        columns: ["Par FranceConnect", "En tout", "Part de FranceConnect"],
        headlines: ["Part dans les créations de compte", "Comptes créés par FranceConnect", "Comptes créés en tout"],
        what: "Créations de compte",
    };
    figure(&words, facts, reader)
}

struct Words {
    key: Key,
    name: &'static str,
    definition: &'static str,
    columns: [&'static str; 3],
    headlines: [&'static str; 3],
    what: &'static str,
}

fn figure(words: &Words, facts: &[Counted], reader: Reader) -> Figure {
    let through = |facts: &[&Counted]| count(facts, |fact| fact.through_fc);
    let in_all = |facts: &[&Counted]| count(facts, |fact| fact.in_all);
    let values = |facts: &[&Counted]| vec![through(facts), in_all(facts), share(facts)];
    let [part, through_fc, all] = words.headlines;
    Figure {
        key: words.key,
        name: words.name.into(),
        definition: format!("{} {HOW}", words.definition),
        unit: "%".into(),
        headlines: vec![
            Headline::new(part, said(reader, facts, share)),
            Headline::new(through_fc, said(reader, facts, through)),
            Headline::new(all, said(reader, facts, in_all)),
        ],
        tables: vec![
            by_month(reader, &format!("{} mois par mois", words.what), &words.columns, facts, values),
            by_sector(reader, &format!("{} par secteur", words.what), &words.columns, facts, values),
        ],
    }
}

fn sum(facts: &[&Counted], of: fn(&Counted) -> u64) -> u64 {
    facts.iter().fold(0, |sum, fact| sum.saturating_add(of(fact)))
}

fn count(facts: &[&Counted], of: fn(&Counted) -> u64) -> Value {
    if facts.is_empty() { Value::Unknown(Unknown::NoReport) } else { Value::Count(sum(facts, of)) }
}

fn share(facts: &[&Counted]) -> Value {
    let otherwise = if facts.is_empty() { Unknown::NoReport } else { Unknown::NothingCounted };
    Value::share(sum(facts, |fact| fact.through_fc), sum(facts, |fact| fact.in_all), otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        assessment::fact::Whose,
        criteria::Sector,
        ids::ApplicationId,
        participation::{Month, Tenths},
    };

    fn counted(number: i64, sector: Sector, month: &str, (through_fc, in_all): (u64, u64)) -> Counted {
        let month = Month::parse(month).expect("a month");
        Counted { whose: Whose { participant: ApplicationId(number), sector }, month, through_fc, in_all }
    }

    fn three() -> Vec<Counted> {
        let health = |number, month, counts| counted(number, Sector::Health, month, counts);
        vec![
            health(1, "2027-01", (10, 100)),
            health(1, "2027-03", (30, 100)),
            health(2, "2027-03", (20, 100)),
            health(3, "2027-03", (10, 100)),
        ]
    }

    #[test]
    fn sums_are_divided_not_shares_averaged() {
        let figure = of_connections(&three(), Reader::Team);
        assert_eq!(figure.headlines[0].value, Value::Share(Tenths(175)), "70 of 400");
        assert_eq!(figure.headlines[1].value, Value::Count(70));
        let months: Vec<&str> = figure.tables[0].rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(months, ["janvier\u{a0}2027", "février\u{a0}2027", "mars\u{a0}2027", "Ensemble"]);
        assert_eq!(figure.tables[0].rows[1].values[3], Value::Unknown(Unknown::NoReport), "nobody reported on February");
        let shares = figure.monthly_shares();
        assert_eq!(shares.iter().map(|(_, share)| *share).collect::<Vec<_>>(), [Some(Tenths(100)), None, Some(Tenths(200))]);
    }

    #[test]
    fn a_month_of_one_participant_is_hidden_from_the_public_with_another() {
        let figure = of_accounts(&three(), Reader::Public);
        assert_eq!(figure.headlines[0].value, Value::Share(Tenths(175)));
        let rows = &figure.tables[0].rows;
        assert_eq!(rows[0].values, [Value::Count(1), Value::Hidden, Value::Hidden, Value::Hidden]);
        assert_eq!(rows[2].values[3], Value::Hidden, "or January is the whole less March");
        assert_eq!(rows[3].values[3], Value::Share(Tenths(175)));
        assert_eq!(figure.tables[1].rows[0].values[3], Value::Share(Tenths(175)));
        assert!(figure.why_hidden().is_some_and(|why| why.contains("L. 311-6")));
        assert!(figure.monthly_shares().iter().all(|(_, share)| share.is_none()));
    }

    #[test]
    fn no_report_and_reports_of_zero_are_told_apart() {
        let none = of_connections(&[], Reader::Public);
        assert_eq!(none.headlines[0].value, Value::Unknown(Unknown::NoReport));
        assert_eq!(none.tables[0].rows.len(), 1, "no month, and the line of everything");
        let zero: Vec<Counted> = (1..=3).map(|number| counted(number, Sector::Rental, "2027-01", (0, 0))).collect();
        assert_eq!(of_connections(&zero, Reader::Public).headlines[0].value, Value::Unknown(Unknown::NothingCounted));
    }
}
