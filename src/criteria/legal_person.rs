//! E0: « personnes morales » (arrêté du 11 mai 2020, article 1er).

use super::{Finding, Outcome, Rule, unknown};
use crate::organisations::{LegalEntity, Nature, PrivateKind};

/// Whether the organisation is a legal person, by INSEE's legal category: natural persons (1000) and groups without personality (2xxx, 9210)
/// are not, foreign forms (3xxx) are looked at by a person, every other category is.
pub fn legal_person(entity: &LegalEntity) -> Finding {
    let Some(category) = entity.legal_category else { return unknown(Rule::E0) };
    let label = category.label().map_or_else(|| format!("Catégorie juridique {category}"), str::to_owned);
    let (outcome, words) = match category.nature() {
        Nature::Private(PrivateKind::SoleTrader) => {
            (Outcome::Fail, "un entrepreneur individuel est une personne physique, non une personne morale")
        }
        Nature::Private(PrivateKind::WithoutLegalPersonality) => (Outcome::Fail, "cette forme n’a pas la personnalité morale"),
        _ if category.is_foreign() => (Outcome::ToCheck, "une forme étrangère ou internationale est examinée par une personne"),
        // No category of INSEE's begins so.
        _ if category.number() < 1000 => (Outcome::ToCheck, "cette catégorie n’est pas connue"),
        _ => (Outcome::Pass, "c’est une personne morale"),
    };
    Finding::of_register(Rule::E0, entity, outcome, format!("{label} : {words}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::LegalCategory;

    #[test]
    fn the_legal_category_tells() {
        for (codes, outcome) in [
            (vec!["5710", "5499", "5800", "9220", "9230", "9300", "7210", "4110", "8210", "6540"], Outcome::Pass),
            (vec!["1000", "2110", "2310", "9210"], Outcome::Fail),
            (vec!["0000", "0999", "3110", "3120", "3205", "3220", "3290"], Outcome::ToCheck),
        ] {
            for code in codes {
                let entity = LegalEntity { legal_category: LegalCategory::parse(code), ..LegalEntity::example() };
                assert_eq!(legal_person(&entity).outcome, outcome, "{code}");
            }
        }
        assert_eq!(legal_person(&LegalEntity { legal_category: None, ..LegalEntity::example() }).outcome, Outcome::Unknown);
    }

    #[test]
    fn the_fact_is_a_sentence() {
        let entity = LegalEntity { legal_category: LegalCategory::parse("1000"), ..LegalEntity::example() };
        assert_eq!(
            legal_person(&entity).fact,
            "Entrepreneur individuel : un entrepreneur individuel est une personne physique, non une personne morale."
        );
    }
}
