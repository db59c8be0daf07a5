//! What cannot be in a certificate, and what looks odd in it and is to be confirmed, in sentences.

use jiff::civil::Date;

use super::certificate::{Certificate, DESTROYED_ON, KEPT, METHOD};
use crate::{
    calendar::{self, date_in_full as full},
    participation::{Doubt, Participation},
    personal_traces,
};

/// The days a certificate may speak of: from the opening of access to the day it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The day access opened.
    pub began_on: Date,
    /// The day it is signed.
    pub today: Date,
}

impl Period {
    /// That of a participation, signed that day.
    pub fn of(participation: &Participation, today: Date) -> Self {
        Self { began_on: participation.began_on, today }
    }
}

/// Whether access may have been removed that day.
pub(super) fn removed(day: Date, period: Period) -> Result<(), String> {
    if day > period.today {
        return Err("Ce jour est à venir : attestez une fois l’accès retiré.".into());
    }
    if day < period.began_on {
        return Err(format!("L’accès a ouvert le {} : il n’a pas été retiré avant.", full(period.began_on)));
    }
    Ok(())
}

/// Whether data may have been destroyed that day.
pub(super) fn destroyed(day: Date, period: Period) -> Result<(), String> {
    if day > period.today {
        return Err("Ce jour est à venir : attestez une fois les données détruites.".into());
    }
    if day < period.began_on {
        return Err(format!("L’accès a ouvert le {} : aucune donnée n’a été obtenue avant.", full(period.began_on)));
    }
    Ok(())
}

/// Why a certificate cannot be signed, whatever page it comes from.
pub(super) fn refused(certificate: &Certificate, period: Period) -> Option<String> {
    let of_data = certificate.fate.destroyed_on().map_or(Ok(()), |day| destroyed(day, period));
    removed(certificate.removed_on, period).and(of_data).err()
}

/// Everything odd in a certificate: data destroyed while access was still open, words that look like somebody's data.
pub fn doubts(certificate: &Certificate) -> Vec<Doubt> {
    let mut found = Vec::new();
    if let Some(day) = certificate.fate.destroyed_on().filter(|day| *day < certificate.removed_on) {
        let days = calendar::whole_days(day, certificate.removed_on);
        let length = if days == 1 { "un jour".to_owned() } else { format!("{days}\u{a0}jours") };
        let sentence = format!(
            "Les données ont été détruites le {}, {length} avant le retrait de l’accès, le {} : des données ont pu arriver entre les deux. Vérifiez qu’il n’en reste pas.",
            full(day),
            full(certificate.removed_on)
        );
        found.push(Doubt { field: DESTROYED_ON, sentence });
    }
    let kept = certificate.fate.kept().map_or("", |(kept, _)| kept);
    for (field, text) in [(KEPT, kept), (METHOD, certificate.method.as_str())] {
        if let Some(seen) = personal_traces::seen(text) {
            let sentence =
                format!("Ce texte semble contenir {seen}. Décrivez les données sans les recopier : retirez ce qui désigne une personne.");
            found.push(Doubt { field, sentence });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::participation::destruction::Fate;

    #[test]
    fn data_destroyed_while_access_was_open_is_to_be_confirmed() {
        let fine = Certificate::example();
        assert_eq!(doubts(&fine), []);
        assert_eq!(doubts(&Certificate { fate: Fate::NeverHeld, ..fine.clone() }), []);
        assert_eq!(doubts(&Certificate { fate: Fate::Destroyed { on: fine.removed_on }, ..fine.clone() }), [], "the same day");
        let early = doubts(&Certificate { fate: Fate::Destroyed { on: date(2028, 1, 14) }, ..fine });
        assert_eq!(early.len(), 1);
        assert!(early[0].sentence.starts_with("Les données ont été détruites le 14\u{a0}janvier\u{a0}2028, un jour avant"), "{early:?}");
    }

    #[test]
    fn words_that_look_like_somebody_s_data_are_to_be_confirmed() {
        let method = "Le compte de Jean Dupont, né le 12/03/1987, est effacé.".into();
        let found = doubts(&Certificate { method, ..Certificate::example() });
        assert_eq!(found.len(), 1);
        assert!(found[0].sentence.contains("une date de naissance"), "{found:?}");
    }

    proptest! {
        #[test]
        fn nothing_is_certified_of_days_to_come_nor_before_access_opened(removal in -400i32..800, destruction in -400i32..800) {
            let began_on = date(2027, 1, 15);
            let today = calendar::days_after(began_on, 400);
            let certificate = Certificate {
                removed_on: calendar::days_after(began_on, removal),
                fate: Fate::Destroyed { on: calendar::days_after(began_on, destruction) },
                ..Certificate::example()
            };
            let may_be = |days: i32| (0..=400).contains(&days);
            prop_assert_eq!(refused(&certificate, Period { began_on, today }).is_none(), may_be(removal) && may_be(destruction));
        }
    }
}
