//! E1: « Avoir un établissement en France ».

use super::{Finding, Outcome, Rule, unknown};
use crate::{
    calendar,
    organisations::{EstablishmentState, LegalCategory, LegalEntity, Location, UnitState, department_of},
};

/// Communes of the Pacific and of the southern lands (984, 986 Wallis-et-Futuna, 987 Polynésie française, 988 Nouvelle-Calédonie, 989): they keep
/// registers of their own, and whether they are « en France » in the arrêté's sense is for a person to say.
const OWN_REGISTERS: [&str; 5] = ["984", "986", "987", "988", "989"];

/// Whether the organisation has an open establishment in France: the one whose SIRET was given, or another that the register counts.
/// Foreign law, partial disclosure and the territories that keep their own register go to a person.
pub fn establishment_in_france(entity: &LegalEntity) -> Finding {
    let (outcome, fact) = look(entity);
    if outcome == Outcome::Unknown { unknown(Rule::E1) } else { Finding::of_register(Rule::E1, entity, outcome, fact) }
}

fn look(entity: &LegalEntity) -> (Outcome, String) {
    if entity.unit_state == Some(UnitState::Ceased) {
        return (Outcome::Fail, "L’organisme a cessé son activité.".into());
    }
    match (entity.establishment_state, &entity.location) {
        (None, _) => (Outcome::Unknown, String::new()),
        (Some(EstablishmentState::Open), Location::France { commune }) => in_france(entity, commune),
        (Some(EstablishmentState::Open), Location::Abroad { .. }) => {
            // Open, it counts among the open ones.
            others(entity.open_establishments.map(|count| count.saturating_sub(1)), "Cet établissement est à l’étranger")
        }
        (Some(EstablishmentState::Open), Location::NotTold) => {
            (Outcome::ToCheck, "Cet établissement est ouvert ; le registre n’en donne pas la commune.".into())
        }
        (Some(EstablishmentState::Closed), _) => {
            let since = entity.closed_on.map(|date| format!(" depuis le {}", calendar::written(date))).unwrap_or_default();
            others(entity.open_establishments, &format!("Cet établissement est fermé{since}"))
        }
    }
}

fn in_france(entity: &LegalEntity, commune: &str) -> (Outcome, String) {
    // « Paris (Paris) » says nothing more.
    let department = department_of(commune).filter(|name| *name != entity.town).map(|name| format!(" ({name})")).unwrap_or_default();
    let place = match entity.town.as_str() {
        "" => format!("Établissement ouvert, commune {commune}{department}"),
        town => format!("Établissement ouvert à {town}{department}"),
    };
    if entity.legal_category.is_some_and(LegalCategory::is_foreign) {
        return (Outcome::ToCheck, format!("{place} ; l’organisme est de droit étranger."));
    }
    if entity.partial_disclosure {
        return (Outcome::ToCheck, format!("{place} ; l’organisme a choisi de ne pas publier toutes ses informations."));
    }
    if OWN_REGISTERS.iter().any(|start| commune.starts_with(start)) {
        return (Outcome::ToCheck, format!("{place} ; cette collectivité tient son propre registre."));
    }
    (Outcome::Pass, format!("{place}."))
}

/// What the other open establishments of the organisation, when they are counted, make of one that does not do.
fn others(open: Option<u32>, why: &str) -> (Outcome, String) {
    match open {
        Some(0) => (Outcome::Fail, format!("{why} et l’organisme n’en a aucun autre d’ouvert.")),
        Some(1) => (Outcome::ToCheck, format!("{why} ; l’organisme en a un autre d’ouvert : donnez son SIRET.")),
        Some(count) => (Outcome::ToCheck, format!("{why} ; l’organisme en a {count} autres d’ouverts : donnez le SIRET de l’un d’eux.")),
        None => (Outcome::ToCheck, format!("{why} ; le registre ne dit pas si l’organisme en a un autre d’ouvert.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(change: impl FnOnce(&mut LegalEntity)) -> Outcome {
        let mut entity = LegalEntity::example();
        change(&mut entity);
        let finding = establishment_in_france(&entity);
        assert!(finding.fact.ends_with('.'), "{}", finding.fact);
        finding.outcome
    }

    #[test]
    fn an_open_establishment_in_france_is_enough() {
        assert_eq!(outcome(|_| {}), Outcome::Pass);
        assert_eq!(establishment_in_france(&LegalEntity::example()).fact, "Établissement ouvert à Angers (Maine-et-Loire).");
    }

    #[test]
    fn a_closed_one_leaves_the_others() {
        for (open, expected) in
            [(Some(0), Outcome::Fail), (Some(1), Outcome::ToCheck), (Some(3), Outcome::ToCheck), (None, Outcome::ToCheck)]
        {
            let closed = |entity: &mut LegalEntity| {
                (entity.establishment_state, entity.open_establishments) = (Some(EstablishmentState::Closed), open);
            };
            assert_eq!(outcome(closed), expected, "{open:?}");
        }
    }

    #[test]
    fn one_that_is_open_abroad_is_not_another_one() {
        for (open, expected) in [(Some(0), Outcome::Fail), (Some(1), Outcome::Fail), (Some(2), Outcome::ToCheck), (None, Outcome::ToCheck)]
        {
            let abroad = |entity: &mut LegalEntity| {
                (entity.location, entity.open_establishments) = (Location::Abroad { country: "99109".into() }, open);
            };
            assert_eq!(outcome(abroad), expected, "{open:?}");
        }
    }

    #[test]
    fn what_keeps_its_own_register_or_hides_goes_to_a_person() {
        for (commune, expected) in [
            ("97411", Outcome::Pass),
            ("97502", Outcome::Pass),
            ("98818", Outcome::ToCheck),
            ("98735", Outcome::ToCheck),
            ("98613", Outcome::ToCheck),
        ] {
            assert_eq!(outcome(|entity| entity.location = Location::France { commune: commune.into() }), expected, "{commune}");
        }
        assert_eq!(outcome(|entity| entity.partial_disclosure = true), Outcome::ToCheck);
    }

    #[test]
    fn what_the_register_hides_or_does_not_know_is_not_concluded() {
        assert_eq!(outcome(|entity| entity.location = Location::NotTold), Outcome::ToCheck);
        assert_eq!(outcome(|entity| entity.legal_category = LegalCategory::parse("3120")), Outcome::ToCheck);
        assert_eq!(outcome(|entity| entity.establishment_state = None), Outcome::Unknown);
        assert_eq!(outcome(|entity| entity.unit_state = Some(UnitState::Ceased)), Outcome::Fail);
    }
}
