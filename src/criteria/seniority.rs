//! E2: « Exercer son activité depuis plus de 3 ans »; the arrêté du 11 mai 2020, article 2, says « y exerçant une activité », in France.

use time::{Date, Month};

use super::{Finding, Outcome, Rule, unknown};
use crate::{
    calendar,
    organisations::{LegalEntity, UnitState},
};

/// Years of activity that must be exceeded.
const YEARS: i32 = 3;

/// Whether the activity has lasted in France for more than three years on that day (Paris date): both the oldest establishment in France and
/// the legal unit must be older. Where they disagree, where an older establishment may exist or the activity has stopped, a person looks.
pub fn seniority(entity: &LegalEntity, on: Date) -> Finding {
    let oldest = entity.oldest_establishment.as_ref();
    let (establishment, unit) = (oldest.map(|oldest| oldest.created_on), entity.unit_created_on);
    if establishment.is_none() && unit.is_none() {
        return unknown(Rule::E2);
    }
    let outcome = match (establishment.map(|date| lasts(date, on)), unit.map(|date| lasts(date, on))) {
        (Some(true), Some(true)) if !has_stopped(entity) => Outcome::Pass,
        (Some(false), Some(false)) if oldest.is_some_and(|oldest| oldest.among_all) => Outcome::Fail,
        _ => Outcome::ToCheck,
    };
    Finding::of_register(Rule::E2, entity, outcome, fact(entity, outcome))
}

/// « Exercer »: the legal unit has ceased, or sleeps without an open establishment.
fn has_stopped(entity: &LegalEntity) -> bool {
    entity.unit_state == Some(UnitState::Ceased) || entity.open_establishments == Some(0)
}

/// Strictly more than three years: on the anniversary itself, it is three years and no more.
fn lasts(since: Date, on: Date) -> bool {
    on > anniversary(since)
}

/// The same day three years later; 29 February becomes the 28th.
fn anniversary(since: Date) -> Date {
    let year = since.year() + YEARS;
    Date::from_calendar_date(year, since.month(), since.day())
        .or_else(|_| Date::from_calendar_date(year, Month::February, 28))
        .unwrap_or(Date::MAX)
}

fn fact(entity: &LegalEntity, outcome: Outcome) -> String {
    let establishment = entity.oldest_establishment.as_ref().map(|oldest| {
        let place = if oldest.town.is_empty() { String::new() } else { format!(", à {}", oldest.town) };
        let which =
            if oldest.among_all { "Le plus ancien établissement en France" } else { "Le plus ancien établissement connu en France" };
        format!("{which} a été créé le {}{place}", calendar::written(oldest.created_on))
    });
    let unit = entity.unit_created_on.map(|date| format!("l’organisme l’a été le {}", calendar::written(date)));
    let facts = match (establishment, unit) {
        (Some(establishment), Some(unit)) => format!("{establishment} ; {unit}."),
        (Some(establishment), None) => format!("{establishment} ; le registre ne dit pas quand l’organisme l’a été."),
        (None, _) => {
            let on = entity.unit_created_on.map(calendar::written).unwrap_or_default();
            format!("L’organisme a été créé le {on} ; le registre ne dit pas depuis quand il a un établissement en France.")
        }
    };
    let meaning = match outcome {
        Outcome::Pass => "C’est plus de trois ans.",
        Outcome::Fail => "Ce n’est pas plus de trois ans.",
        Outcome::ToCheck | Outcome::Unknown if has_stopped(entity) => {
            "L’organisme n’a plus d’établissement ouvert : une personne verra si l’activité se poursuit."
        }
        Outcome::ToCheck | Outcome::Unknown => {
            "Cela ne suffit pas à conclure : une reprise, une fusion ou un transfert se justifie par une pièce."
        }
    };
    format!("{facts} {meaning}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;
    use crate::organisations::OldestEstablishment;

    const TODAY: Date = date!(2026 - 12 - 03);
    const OLD: Date = date!(2014 - 09 - 02);
    const YOUNG: Date = date!(2025 - 01 - 15);

    fn entity(establishment: Option<(Date, bool)>, unit: Option<Date>) -> LegalEntity {
        let oldest_establishment =
            establishment.map(|(created_on, among_all)| OldestEstablishment { created_on, town: "Angers".into(), among_all });
        LegalEntity { oldest_establishment, unit_created_on: unit, ..LegalEntity::example() }
    }

    #[test]
    fn both_dates_must_be_older_than_three_years() {
        for (establishment, unit, expected) in [
            (Some((OLD, true)), Some(OLD), Outcome::Pass),
            (Some((OLD, false)), Some(OLD), Outcome::Pass),
            (Some((YOUNG, true)), Some(YOUNG), Outcome::Fail),
            // an older establishment may exist
            (Some((YOUNG, false)), Some(YOUNG), Outcome::ToCheck),
            // they disagree: a transfer, a merger, a foreign company that came later
            (Some((OLD, true)), Some(YOUNG), Outcome::ToCheck),
            (Some((YOUNG, true)), Some(OLD), Outcome::ToCheck),
            (Some((OLD, true)), None, Outcome::ToCheck),
            (Some((YOUNG, true)), None, Outcome::ToCheck),
            (None, Some(OLD), Outcome::ToCheck),
            (None, Some(YOUNG), Outcome::ToCheck),
            (None, None, Outcome::Unknown),
            // a date to come proves nothing, and nothing against
            (Some((date!(2027 - 05 - 01), true)), Some(OLD), Outcome::ToCheck),
        ] {
            assert_eq!(seniority(&entity(establishment, unit), TODAY).outcome, expected, "{establishment:?} {unit:?}");
        }
    }

    #[test]
    fn an_activity_that_stopped_goes_to_a_person() {
        let old = entity(Some((OLD, true)), Some(OLD));
        let asleep = LegalEntity { open_establishments: Some(0), ..old.clone() };
        let ceased = LegalEntity { unit_state: Some(UnitState::Ceased), ..old.clone() };
        for stopped in [asleep, ceased] {
            let finding = seniority(&stopped, TODAY);
            assert_eq!(finding.outcome, Outcome::ToCheck);
            assert!(finding.fact.ends_with("une personne verra si l’activité se poursuit."), "{}", finding.fact);
        }
        assert_eq!(seniority(&LegalEntity { open_establishments: None, ..old }, TODAY).outcome, Outcome::Pass);
    }

    #[test]
    fn three_years_to_the_day_are_not_more_than_three_years() {
        let since = date!(2023 - 12 - 03);
        assert!(!lasts(since, TODAY));
        assert!(lasts(since, date!(2026 - 12 - 04)));
        // 29 February
        assert_eq!(anniversary(date!(2024 - 02 - 29)), date!(2027 - 02 - 28));
        assert!(!lasts(date!(2024 - 02 - 29), date!(2027 - 02 - 28)) && lasts(date!(2024 - 02 - 29), date!(2027 - 03 - 01)));
    }

    #[test]
    fn the_fact_says_both_dates_and_what_they_mean() {
        let plain = |words: &str| words.replace('\u{a0}', " ");
        assert_eq!(
            plain(&seniority(&entity(Some((OLD, true)), Some(OLD)), TODAY).fact),
            plain(
                "Le plus ancien établissement en France a été créé le 2 septembre 2014, à Angers ; l’organisme l’a été le 2 septembre 2014. C’est plus de trois ans."
            )
        );
    }

    proptest! {
        #[test]
        fn an_older_organisation_never_does_worse(establishment in 2_440_000..2_461_300_i32, unit in 2_440_000..2_461_300_i32, older in 0..4000_i32) {
            let day = |julian: i32| Date::from_julian_day(julian).expect("a date");
            let rank = |outcome| match outcome { Outcome::Fail => 0, Outcome::ToCheck => 1, _ => 2 };
            let outcome = |establishment, unit| rank(seniority(&entity(Some((day(establishment), true)), Some(day(unit))), TODAY).outcome);
            prop_assert!(outcome(establishment - older, unit) >= outcome(establishment, unit));
            prop_assert!(outcome(establishment, unit - older) >= outcome(establishment, unit));
        }
    }
}
