//! P0: the applicant is a company or an association.

use super::{Finding, Outcome, Rule, unknown};
use crate::organisations::{LegalEntity, Nature, PrivateKind, UnitState};

/// Whether the organisation is a private body, by INSEE's legal category. An administration has a simpler way to ask, and a person says which
/// is the right one.
pub fn private_body(entity: &LegalEntity) -> Finding {
    let Some(category) = entity.legal_category else { return unknown(Rule::P0) };
    let label = category.label().map_or_else(|| format!("Catégorie juridique {category}"), str::to_owned);
    if entity.unit_state == Some(UnitState::Ceased) {
        return Finding::of_register(Rule::P0, entity, Outcome::Fail, format!("{label} : l’organisme a cessé son activité."));
    }
    let outcome = match category.nature() {
        Nature::Private(PrivateKind::WithoutLegalPersonality) | Nature::Public | Nature::ToBeChecked => Outcome::ToCheck,
        Nature::Private(_) => Outcome::Pass,
    };
    let finding = Finding::of_register(Rule::P0, entity, outcome, format!("{label}. {}", category.sentence()));
    finding.explained_when(category.nature() == Nature::Public)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::LegalCategory;

    #[test]
    fn a_public_body_that_asks_as_a_private_one_says_why() {
        for (code, outcome, to_explain) in [
            ("5710", Outcome::Pass, false),
            ("9220", Outcome::Pass, false),
            ("1000", Outcome::Pass, false),
            ("2310", Outcome::ToCheck, false),
            ("4110", Outcome::ToCheck, false),
            ("7210", Outcome::ToCheck, true),
        ] {
            let found = private_body(&LegalEntity { legal_category: LegalCategory::parse(code), ..LegalEntity::example() });
            assert_eq!((found.outcome, found.to_explain), (outcome, to_explain), "{code}");
        }
        let ceased = LegalEntity { unit_state: Some(UnitState::Ceased), ..LegalEntity::example() };
        assert_eq!(private_body(&ceased).outcome, Outcome::Fail);
        assert_eq!(private_body(&LegalEntity { legal_category: None, ..LegalEntity::example() }).outcome, Outcome::Unknown);
    }
}
