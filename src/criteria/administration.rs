//! A1: the applicant is an administration in the meaning of CRPA L100-3.

use super::{Finding, Outcome, Rule, unknown};
use crate::organisations::{LegalEntity, Nature, UnitState};

/// Whether the organisation is an administration, by INSEE's legal category. A private body may have an administrative mission of public
/// service, and no category tells: what is not an administration here is for a person to look at, never refused.
pub fn administration(entity: &LegalEntity) -> Finding {
    let Some(category) = entity.legal_category else { return unknown(Rule::A1) };
    let label = category.label().map_or_else(|| format!("Catégorie juridique {category}"), str::to_owned);
    if entity.unit_state == Some(UnitState::Ceased) {
        return Finding::of_register(Rule::A1, entity, Outcome::Fail, format!("{label} : l’organisme a cessé son activité."));
    }
    let outcome = match category.nature() {
        Nature::Public => Outcome::Pass,
        Nature::ToBeChecked => Outcome::ToCheck,
        Nature::Private(_) => Outcome::Fail,
    };
    Finding::of_register(Rule::A1, entity, outcome, format!("{label}. {}", category.sentence()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::LegalCategory;

    #[test]
    fn the_legal_category_tells_as_far_as_it_can() {
        for (code, outcome) in [
            ("7210", Outcome::Pass),
            ("7346", Outcome::Pass),
            ("4120", Outcome::ToCheck),
            ("7410", Outcome::ToCheck),
            ("8310", Outcome::ToCheck),
            ("5710", Outcome::Fail),
            ("9220", Outcome::Fail),
            ("1000", Outcome::Fail),
        ] {
            let entity = LegalEntity { legal_category: LegalCategory::parse(code), ..LegalEntity::example() };
            assert_eq!(administration(&entity).outcome, outcome, "{code}");
        }
        let ceased =
            LegalEntity { legal_category: LegalCategory::parse("7210"), unit_state: Some(UnitState::Ceased), ..LegalEntity::example() };
        assert_eq!(administration(&ceased).outcome, Outcome::Fail);
        assert_eq!(administration(&LegalEntity { legal_category: None, ..LegalEntity::example() }).outcome, Outcome::Unknown);
    }
}
