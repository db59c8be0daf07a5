//! Who took part, and who left before the term.

use super::{
    Figure, Headline, Key, Row, Table, Unknown, Value,
    breakdown::{by_sector, said},
    fact::{Leavings, Participant},
    secrecy::{FEWEST, Reader},
};
use crate::participation::Cause;

/// Participants by sector.
pub fn participants(facts: &[Participant], reader: Reader) -> Figure {
    let count = |is_it: fn(&Participant) -> bool| {
        move |facts: &[&Participant]| Value::Count(facts.iter().filter(|fact| is_it(fact)).count() as u64)
    };
    let goes_on: fn(&Participant) -> bool = |fact| fact.ended.is_none();
    let became =
        [goes_on, |fact| fact.ended == Some(Cause::Term), |fact| matches!(fact.ended, Some(Cause::Revocation | Cause::Renunciation))];
    let of = |facts: &[&Participant]| became.map(|is_it| count(is_it)(facts)).to_vec();
    Figure {
        key: Key::Participants,
        name: "Participants par secteur".into(),
        definition:
            "Candidatures approuvées dont l’accès à FranceConnect a été ouvert, par secteur d’activité\u{a0}: celui que la candidature \
                     déclare, ou que l’équipe a corrigé. «\u{a0}En cours\u{a0}»\u{a0}: aucune fin n’est inscrite au jour du calcul. \
                     «\u{a0}Finies à leur terme\u{a0}»\u{a0}: l’année ou la campagne est écoulée. «\u{a0}Finies avant\u{a0}»\u{a0}: \
                     l’habilitation a été révoquée, ou le participant a rendu sa place. Une candidature approuvée dont l’accès n’a pas ouvert n’est pas comptée."
                .into(),
        unit: "participants".into(),
        headlines: vec![
            Headline::new("Participants", Value::Count(facts.len() as u64)),
            Headline::new("En cours", said(reader, facts, count(goes_on))),
        ],
        tables: vec![by_sector(reader, "Participants par secteur", &["En cours", "Finies à leur terme", "Finies avant"], facts, of)],
    }
}

/// Places lost before their term.
pub fn drop_outs(facts: Leavings, reader: Reader) -> Figure {
    let lost = facts.revoked + facts.renounced + facts.unconfirmed;
    let is_hidden = |of: u64| reader == Reader::Public && of > 0 && of < FEWEST as u64;
    let value = |of: u64, value: Value| if is_hidden(of) { Value::Hidden } else { value };
    let row = |name: &str, of: u64, count: u64| Row { name: name.into(), month: None, values: vec![value(of, Value::Count(count))] };
    Figure {
        key: Key::DropOuts,
        name: "Abandons".into(),
        definition: "Places accordées par une décision signée et perdues avant le terme\u{a0}: habilitation révoquée, place rendue par son \
                     titulaire, place non confirmée à temps. La part est leur nombre divisé par celui des places accordées depuis le début. En \
                     regard, les candidatures complètes retirées par leur auteur avant toute décision. Un refus n’est pas un abandon."
            .into(),
        unit: "candidatures".into(),
        headlines: vec![
            Headline::new("Places accordées puis perdues", value(facts.granted, Value::Count(lost))),
            Headline::new("Part des places accordées", value(facts.granted, Value::share(lost, facts.granted, Unknown::NoPlace))),
        ],
        tables: vec![Table {
            caption: "Abandons par cause".into(),
            of: "Cause".into(),
            columns: vec!["Candidatures".into()],
            rows: vec![
                Row { name: "Places accordées".into(), month: None, values: vec![Value::Count(facts.granted)] },
                row("Habilitation révoquée", facts.granted, facts.revoked),
                row("Place rendue", facts.granted, facts.renounced),
                row("Place non confirmée à temps", facts.granted, facts.unconfirmed),
                Row { name: "Candidature retirée avant décision".into(), month: None, values: vec![Value::Count(facts.withdrawn)] },
            ],
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{assessment::fact::Whose, criteria::Sector, ids::ApplicationId, participation::Tenths};

    fn participant(number: i64, sector: Sector, ended: Option<Cause>) -> Participant {
        Participant { whose: Whose { participant: ApplicationId(number), sector }, ended }
    }

    #[test]
    fn participants_are_counted_by_sector_and_by_what_became_of_them() {
        let facts = [
            participant(1, Sector::Health, None),
            participant(2, Sector::Health, Some(Cause::Term)),
            participant(3, Sector::Health, None),
            participant(4, Sector::Rental, Some(Cause::Revocation)),
        ];
        let gave_back = participants(&[participant(5, Sector::Rental, Some(Cause::Renunciation))], Reader::Team);
        assert_eq!(gave_back.tables[0].rows[6].values, [1, 0, 0, 1].map(Value::Count), "who gave the place back ended before the term");
        let team = participants(&facts, Reader::Team);
        assert_eq!(team.tables[0].rows.len(), 7);
        let counts = |of: &[u64]| of.iter().map(|count| Value::Count(*count)).collect::<Vec<_>>();
        assert_eq!(team.tables[0].rows[0].values, counts(&[3, 2, 1, 0]));
        assert_eq!(team.tables[0].rows[5].values, counts(&[1, 0, 0, 1]));
        assert_eq!(team.tables[0].rows[6].values, counts(&[4, 2, 1, 1]));
        let public = participants(&facts, Reader::Public);
        assert_eq!(public.tables[0].rows[5].values, [Value::Count(1), Value::Hidden, Value::Hidden, Value::Hidden]);
        assert_eq!(public.tables[0].rows[0].values[1], Value::Hidden, "or subtraction would tell the one of the other sector");
        assert_eq!(public.tables[0].rows[6].values, counts(&[4, 2, 1, 1]));
        assert!(public.hides() && !team.hides());
    }

    #[test]
    fn a_campaign_without_a_participant_counts_zero_and_hides_nothing() {
        let figure = participants(&[], Reader::Public);
        assert!(!figure.hides());
        assert_eq!(figure.headlines[0].value, Value::Count(0));
        let none = drop_outs(Leavings::default(), Reader::Public);
        assert_eq!(none.headlines[1].value, Value::Unknown(Unknown::NoPlace));
        assert!(!none.hides());
    }

    #[test]
    fn places_lost_are_a_part_of_those_granted() {
        let facts = Leavings { granted: 40, revoked: 1, renounced: 2, unconfirmed: 1, withdrawn: 5 };
        let figure = drop_outs(facts, Reader::Public);
        assert_eq!(figure.headlines[0].value, Value::Count(4));
        assert_eq!(figure.headlines[1].value, Value::Share(Tenths(100)));
        let two = Leavings { granted: 2, revoked: 1, ..Leavings::default() };
        assert_eq!(drop_outs(two, Reader::Public).headlines[0].value, Value::Hidden);
        assert_eq!(drop_outs(two, Reader::Team).headlines[0].value, Value::Count(1));
    }
}
