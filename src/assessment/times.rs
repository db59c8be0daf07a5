//! What took time: deciding, and reporting.

use jiff::civil::Date;

use super::{
    Figure, Headline, Key, Row, Table, Unknown, Value,
    breakdown::{by_sector, said},
    fact::{Decided, Sendings},
    secrecy::Reader,
};
use crate::{calendar, participation::months, review::nearest_rank};

/// From the day a candidature is complete to its first signed decision. It is the team's own time: nothing of it is a secret.
pub fn delays(facts: &[Decided]) -> Figure {
    let mut days: Vec<u32> = facts.iter().map(|decided| decided.days()).collect();
    days.sort_unstable();
    let at = |percent: usize| if days.is_empty() { Value::Unknown(Unknown::NoDecision) } else { Value::Days(nearest_rank(&days, percent)) };
    let row = |name: &str, value: Value| Row { name: name.into(), month: None, values: vec![value] };
    let longest = days.last().map_or(Value::Unknown(Unknown::NoDecision), |days| Value::Days(*days));
    Figure {
        key: Key::Delays,
        name: "Délai d’instruction".into(),
        definition: "Jours entre celui où la candidature est complète et celui de la première décision signée, accord ou refus. Elle est complète au \
                     dépôt de la version qui suit la dernière demande de pièces manquantes, ou à son premier dépôt si rien ne manquait. Le temps \
                     que le candidat prend pour répondre à une demande de précisions est compris. Médiane\u{a0}: la moitié au moins des \
                     décisions n’a pas pris plus. Neuvième décile\u{a0}: neuf sur dix au moins n’ont pas pris plus. Les candidatures retirées, \
                     jamais complètes, décidées par le silence ou en cours d’instruction sont écartées."
            .into(),
        unit: "jours".into(),
        headlines: vec![Headline::new("Médiane", at(50)), Headline::new("Neuvième décile", at(90))],
        tables: vec![Table {
            caption: "Délai d’instruction".into(),
            of: "Mesure".into(),
            columns: vec!["Valeur".into()],
            rows: vec![
                row("Décisions comptées", Value::Count(days.len() as u64)),
                row("Médiane", at(50)),
                row("Neuvième décile", at(90)),
                row("Le plus long", longest),
            ],
        }],
    }
}

impl Decided {
    fn days(self) -> u32 {
        u32::try_from(calendar::whole_days(self.complete_on, self.decided_on)).unwrap_or_default()
    }
}

/// Monthly reports that were due, and those received.
pub fn reports(facts: &[Sendings], today: Date, reader: Reader) -> Figure {
    let tallies = |facts: &[&Sendings]| facts.iter().fold(Tally::default(), |sum, fact| sum.plus(Tally::of(fact, today)));
    let values = |facts: &[&Sendings]| {
        let tally = tallies(facts);
        [tally.due(), tally.on_time, tally.late, tally.missing].map(Value::Count).into_iter().chain([tally.received_share()]).collect()
    };
    Figure {
        key: Key::Reports,
        name: "Rapports mensuels".into(),
        definition: "Rapports dont le dernier jour d’envoi, le 10 du mois suivant, est passé au jour du calcul. «\u{a0}À temps\u{a0}»\u{a0}: \
                     envoyés ce jour-là au plus tard. «\u{a0}En retard\u{a0}»\u{a0}: envoyés après. «\u{a0}Manquants\u{a0}»\u{a0}: pas \
                     encore envoyés. Le premier envoi compte\u{a0}: une correction n’est pas un retard. Les rapports qui ne sont plus demandés \
                     après une révocation, et ceux dont le jour n’est pas passé, sont écartés."
            .into(),
        unit: "rapports".into(),
        headlines: vec![
            Headline::new("Part des rapports reçus", said(reader, facts, |facts| tallies(facts).received_share())),
            Headline::new("Reçus à temps", said(reader, facts, |facts| tallies(facts).on_time_share())),
        ],
        tables: vec![by_sector(
            reader,
            "Rapports par secteur",
            &["Dus", "Reçus à temps", "Reçus en retard", "Manquants", "Part reçue"],
            facts,
            values,
        )],
    }
}

/// Reports whose day is past.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    on_time: u64,
    late: u64,
    missing: u64,
}

impl Tally {
    fn of(fact: &Sendings, today: Date) -> Self {
        let mut tally = Self::default();
        for month in months(fact.span.began_on, fact.span.last_day).filter(|month| month.due_on() < today) {
            match fact.sent.iter().find(|(of, _)| *of == month) {
                Some((_, on)) if *on <= month.due_on() => tally.on_time += 1,
                Some(_) => tally.late += 1,
                None if fact.is_revoked => {}
                None => tally.missing += 1,
            }
        }
        tally
    }

    fn plus(self, other: Self) -> Self {
        Self { on_time: self.on_time + other.on_time, late: self.late + other.late, missing: self.missing + other.missing }
    }

    fn due(self) -> u64 {
        self.on_time + self.late + self.missing
    }

    fn received_share(self) -> Value {
        Value::share(self.on_time + self.late, self.due(), Unknown::NothingDue)
    }

    fn on_time_share(self) -> Value {
        Value::share(self.on_time, self.due(), Unknown::NothingDue)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        assessment::fact::{Span, Whose},
        criteria::Sector,
        ids::ApplicationId,
        participation::{Month, Tenths},
    };

    #[test]
    fn delays_are_told_by_their_median_and_ninth_decile() {
        let complete_on = date(2027, 1, 1);
        let facts: Vec<Decided> =
            (1..=10).map(|days| Decided { complete_on, decided_on: calendar::days_after(complete_on, days * 3) }).collect();
        let figure = delays(&facts);
        assert_eq!(figure.headlines[0].value, Value::Days(15));
        assert_eq!(figure.headlines[1].value, Value::Days(27));
        assert_eq!(figure.tables[0].rows[3].values, [Value::Days(30)]);
        let one = delays(&facts[..1]);
        assert_eq!((one.headlines[0].value, one.headlines[1].value), (Value::Days(3), Value::Days(3)));
        assert_eq!(delays(&[]).headlines[0].value, Value::Unknown(Unknown::NoDecision));
    }

    fn sendings(number: i64, is_revoked: bool, sent: &[(&str, Date)]) -> Sendings {
        Sendings {
            whose: Whose { participant: ApplicationId(number), sector: Sector::Leisure },
            span: Span { began_on: date(2027, 1, 15), last_day: date(2027, 6, 30) },
            is_revoked,
            sent: sent.iter().map(|(month, on)| (Month::parse(month).expect("a month"), *on)).collect(),
        }
    }

    #[test]
    fn a_report_is_on_time_late_missing_or_no_longer_asked() {
        let sent = [("2027-01", date(2027, 2, 10)), ("2027-02", date(2027, 3, 11))];
        let facts = [sendings(1, false, &sent), sendings(2, true, &sent), sendings(3, false, &[])];
        let figure = reports(&facts, date(2027, 4, 11), Reader::Public);
        let counts = [Value::Count(3), Value::Count(8), Value::Count(2), Value::Count(2), Value::Count(4), Value::Share(Tenths(500))];
        assert_eq!(figure.tables[0].rows[6].values, counts);
        let on_the_day = reports(&facts, date(2027, 4, 10), Reader::Team);
        assert_eq!(on_the_day.tables[0].rows[6].values[4], Value::Count(2), "March may still be sent that day");
        let before = reports(&facts, date(2027, 2, 10), Reader::Public);
        assert_eq!(before.headlines[0].value, Value::Unknown(Unknown::NothingDue));
    }
}
