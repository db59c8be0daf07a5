//! What grew: beside an ordinary month before FranceConnect, and as participants put it down to FranceConnect (S1c).

use super::{
    Figure, Headline, Key, Unknown, Value,
    breakdown::{by_sector, said},
    fact::{Beside, Declared},
    secrecy::Reader,
};
use crate::{participation::Tenths, review::nearest_rank};

/// Connections and accounts created beside an ordinary month before FranceConnect.
pub fn beside_baseline(facts: &[Beside], reader: Reader) -> Figure {
    let whole: Vec<Beside> = facts.iter().filter(|fact| fact.span.covers(fact.month)).cloned().collect();
    let values = |facts: &[&Beside]| vec![Value::Count(facts.len() as u64), connections(facts), accounts(facts)];
    Figure {
        key: Key::Growth,
        name: "Évolution depuis l’arrivée de FranceConnect".into(),
        definition: "Pour chaque mois entier d’une participation dont le rapport est reçu, le nombre de connexions et celui de comptes créés, par \
                     tout moyen, sont mis en regard de ceux d’un mois ordinaire d’avant FranceConnect, déclarés dans la candidature. \
                     L’évolution est celle des sommes. Un rapport corrigé compte par sa dernière version. Les mois incomplets, ceux où une \
                     participation commence ou finit, sont écartés. C’est un constat\u{a0}: FranceConnect n’est pas la seule cause possible."
            .into(),
        unit: "%".into(),
        headlines: vec![
            Headline::new("Connexions", said(reader, &whole, connections)),
            Headline::new("Comptes créés", said(reader, &whole, accounts)),
        ],
        tables: vec![by_sector(reader, "Évolution par secteur", &["Mois comptés", "Connexions", "Comptes créés"], &whole, values)],
    }
}

fn connections(facts: &[&Beside]) -> Value {
    growth(facts, |fact| (fact.baseline.monthly_connections, fact.connections))
}

fn accounts(facts: &[&Beside]) -> Value {
    growth(facts, |fact| (fact.baseline.monthly_accounts, fact.accounts))
}

fn growth(facts: &[&Beside], of: fn(&Beside) -> (u64, u64)) -> Value {
    if facts.is_empty() {
        return Value::Unknown(Unknown::NoWholeMonth);
    }
    let (before, after) = facts
        .iter()
        .map(|fact| of(fact))
        .fold((0_u64, 0_u64), |(before, after), (one, other)| (before.saturating_add(one), after.saturating_add(other)));
    Tenths::growth(before, after).map_or(Value::Unknown(Unknown::NoBaseline), Value::Growth)
}

/// The growth of traffic participants put down to FranceConnect.
pub fn declared(facts: &[Declared], reader: Reader) -> Figure {
    let whole: Vec<Declared> = facts.iter().filter(|fact| fact.span.covers(fact.month)).copied().collect();
    let values = |facts: &[&Declared]| vec![Value::Count(facts.len() as u64), median(facts)];
    Figure {
        key: Key::DeclaredGrowth,
        name: "Croissance du trafic due à FranceConnect, selon les participants".into(),
        definition: "Médiane des pourcentages que les participants déclarent dans leurs rapports sur des mois entiers\u{a0}: la moitié au moins \
                     des déclarations n’est pas au-dessus. Un rapport corrigé compte par sa dernière version. Les mois incomplets, ceux où une \
                     participation commence ou finit, sont écartés. Chacun mesure avec sa propre méthode, écrite dans son rapport."
            .into(),
        unit: "%".into(),
        headlines: vec![Headline::new("Médiane des déclarations", said(reader, &whole, median))],
        tables: vec![by_sector(reader, "Croissance déclarée par secteur", &["Rapports", "Médiane"], &whole, values)],
    }
}

fn median(facts: &[&Declared]) -> Value {
    let mut all: Vec<i32> = facts.iter().map(|fact| fact.growth.0).collect();
    all.sort_unstable();
    if all.is_empty() { Value::Unknown(Unknown::NoWholeMonth) } else { Value::Growth(Tenths(nearest_rank(&all, 50))) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        applications::Baseline,
        assessment::fact::{Span, Whose},
        criteria::Sector,
        ids::ApplicationId,
        participation::Month,
    };

    const SPAN: Span = Span { began_on: date(2027, 1, 15), last_day: date(2027, 12, 31) };

    fn whose(number: i64) -> Whose {
        Whose { participant: ApplicationId(number), sector: Sector::Transport }
    }

    fn beside(number: i64, month: &str, connections: u64, before: u64) -> Beside {
        let month = Month::parse(month).expect("a month");
        let baseline = Baseline { monthly_connections: before, monthly_accounts: 0, monthly_traffic: 0, method: "Matomo.".into() };
        Beside { whose: whose(number), month, span: SPAN, connections, accounts: 10, baseline }
    }

    #[test]
    fn only_whole_months_are_compared_with_an_ordinary_one() {
        let facts = [
            beside(1, "2027-01", 5, 1000),
            beside(1, "2027-02", 1200, 1000),
            beside(2, "2027-02", 1000, 1000),
            beside(3, "2027-03", 1100, 1000),
        ];
        let figure = beside_baseline(&facts, Reader::Public);
        assert_eq!(figure.headlines[0].value, Value::Growth(Tenths(100)), "3 300 beside 3 000");
        assert_eq!(figure.headlines[1].value, Value::Unknown(Unknown::NoBaseline), "nothing was created before");
        assert_eq!(figure.tables[0].rows[3].values[..2], [Value::Count(3), Value::Count(3)], "January is left out");
    }

    #[test]
    fn without_a_whole_month_there_is_nothing_to_compare() {
        let only_partial = [beside(1, "2027-01", 5, 1000)];
        assert_eq!(beside_baseline(&only_partial, Reader::Public).headlines[0].value, Value::Unknown(Unknown::NoWholeMonth));
        assert_eq!(declared(&[], Reader::Public).headlines[0].value, Value::Unknown(Unknown::NoWholeMonth));
    }

    #[test]
    fn what_is_declared_is_told_by_its_median_which_may_be_negative() {
        let say = |number: i64, growth: i32| Declared {
            whose: whose(number),
            month: Month::parse("2027-02").expect("a month"),
            span: SPAN,
            growth: Tenths(growth),
        };
        let three = [say(1, -40), say(2, -5), say(3, 300)];
        assert_eq!(declared(&three, Reader::Public).headlines[0].value, Value::Growth(Tenths(-5)));
        assert_eq!(declared(&three[..2], Reader::Public).headlines[0].value, Value::Hidden, "each of the two would know the other's");
        assert_eq!(declared(&three[..2], Reader::Team).headlines[0].value, Value::Growth(Tenths(-40)));
    }
}
