//! E1: « Avoir un établissement en France ».

use super::{Finding, Outcome, Rule, unknown};
use crate::{
    calendar,
    organisations::{EstablishmentState, LegalCategory, LegalEntity, Location, UnitState, department_of},
};

/// Whether the organisation has an open establishment in France: the one whose SIRET was given, or another that the register counts.
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
        (Some(EstablishmentState::Open), Location::Abroad { .. }) => others(entity, "Cet établissement est à l’étranger"),
        (Some(EstablishmentState::Open), Location::NotTold) => {
            (Outcome::ToCheck, "Cet établissement est ouvert ; le registre n’en donne pas la commune.".into())
        }
        (Some(EstablishmentState::Closed), _) => {
            let since = entity.closed_on.map(|date| format!(" depuis le {}", calendar::written(date))).unwrap_or_default();
            others(entity, &format!("Cet établissement est fermé{since}"))
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
    (Outcome::Pass, format!("{place}."))
}

/// What the other establishments of the organisation make of one that does not count.
fn others(entity: &LegalEntity, why: &str) -> (Outcome, String) {
    match entity.open_establishments {
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
    fn a_closed_or_foreign_one_leaves_the_others() {
        for spoil in
            [(|entity: &mut LegalEntity| entity.establishment_state = Some(EstablishmentState::Closed)) as fn(&mut LegalEntity), |entity| {
                entity.location = Location::Abroad { country: "99109".into() }
            }]
        {
            for (open, expected) in
                [(Some(0), Outcome::Fail), (Some(1), Outcome::ToCheck), (Some(3), Outcome::ToCheck), (None, Outcome::ToCheck)]
            {
                let found = outcome(|entity| {
                    spoil(entity);
                    entity.open_establishments = open;
                });
                assert_eq!(found, expected, "{open:?}");
            }
        }
    }

    #[test]
    fn what_the_register_hides_or_does_not_know_is_not_concluded() {
        assert_eq!(outcome(|entity| entity.location = Location::NotTold), Outcome::ToCheck);
        assert_eq!(outcome(|entity| entity.legal_category = LegalCategory::parse("3120")), Outcome::ToCheck);
        assert_eq!(outcome(|entity| entity.establishment_state = None), Outcome::Unknown);
        assert_eq!(outcome(|entity| entity.unit_state = Some(UnitState::Ceased)), Outcome::Fail);
    }
}
