//! Public or private, as far as INSEE's legal category tells. It decides nothing: people read the sentence, a person decides.

use std::fmt;

use serde::{Deserialize, Serialize};

mod labels;

/// The categories of bodies with an administrative mission of public service: the list the State itself uses (Annuaire des
/// Entreprises, `ProConnect`), the nearest thing to the administrations of CRPA L100-3.
const PUBLIC: [u16; 63] = [
    4160, 7111, 7112, 7113, 7120, 7150, 7160, 7171, 7172, 7179, 7190, 7210, 7220, 7225, 7229, 7230, 7312, 7313, 7314, 7331, 7340, 7341,
    7342, 7343, 7344, 7346, 7347, 7348, 7351, 7352, 7353, 7354, 7355, 7356, 7357, 7361, 7362, 7364, 7365, 7366, 7367, 7371, 7372, 7373,
    7378, 7379, 7381, 7382, 7383, 7384, 7385, 7389, 7430, 7450, 7470, 7490, 8110, 8120, 8140, 8150, 8160, 8170, 8450,
];

/// In the State's list of administrations without that mission: public industrial bodies, SAFER, social housing, land associations, GIP.
const ADMINISTRATION_OTHERWISE: [u16; 15] = [4110, 4120, 4140, 4150, 5430, 5530, 5546, 5630, 7321, 7322, 7323, 7345, 7349, 7363, 7410];

/// INSEE's legal category, level III: four digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LegalCategory(u16);

/// What a legal category suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// An administration.
    Public,
    /// Near the public sector: only a person can tell.
    ToBeChecked,
    /// A private body or person.
    Private(PrivateKind),
}

/// What kind of private body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivateKind {
    /// An association with legal personality.
    Association,
    /// A foundation.
    Foundation,
    /// A company of French law.
    Company,
    /// A company of foreign law.
    ForeignCompany,
    /// Somebody in business under their own name.
    SoleTrader,
    /// A group, or an undeclared association, that is no legal person.
    WithoutLegalPersonality,
    /// Another private legal person.
    Other,
}

impl LegalCategory {
    /// From the register; nothing when it is not four digits.
    pub fn parse(code: &str) -> Option<Self> {
        let is_code = code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit());
        if is_code { code.parse().ok().map(Self) } else { None }
    }

    /// The four digits as a number: 7210.
    pub fn number(self) -> u16 {
        self.0
    }

    /// What it suggests.
    pub fn nature(self) -> Nature {
        use PrivateKind::{Association, Company, ForeignCompany, Foundation, Other, SoleTrader, WithoutLegalPersonality};
        if PUBLIC.contains(&self.0) {
            return Nature::Public;
        }
        if ADMINISTRATION_OTHERWISE.contains(&self.0) {
            return Nature::ToBeChecked;
        }
        match self.0 {
            1000..=1999 => Nature::Private(SoleTrader),
            2000..=2999 | 9210 => Nature::Private(WithoutLegalPersonality),
            3120 | 3220 => Nature::Private(ForeignCompany),
            5195 | 9220..=9299 => Nature::Private(Association),
            5000..=6999 => Nature::Private(Company),
            9300 => Nature::Private(Foundation),
            9000..=9999 => Nature::Private(Other),
            // foreign and international bodies, other public operators, mutual funds, works councils, unions, and whatever is not listed
            _ => Nature::ToBeChecked,
        }
    }

    /// A form of foreign law or an international body: level I, 3.
    pub fn is_foreign(self) -> bool {
        (3000..4000).contains(&self.0)
    }

    /// What INSEE calls it, when it is one of the main ones.
    pub fn label(self) -> Option<&'static str> {
        labels::of(self.0)
    }

    /// What the register suggests, in a sentence.
    pub fn sentence(self) -> &'static str {
        match self.nature() {
            Nature::Public => "Le registre le classe parmi les administrations.",
            Nature::ToBeChecked => "Le registre ne suffit pas à dire s’il s’agit d’une administration : une personne le vérifiera.",
            Nature::Private(kind) => match kind {
                PrivateKind::Association => "Le registre le classe parmi les associations, personnes morales de droit privé.",
                PrivateKind::Foundation => "Le registre le classe parmi les fondations, personnes morales de droit privé.",
                PrivateKind::Company => "Le registre le classe parmi les sociétés, personnes morales de droit privé.",
                PrivateKind::ForeignCompany => "Le registre le classe parmi les sociétés de droit étranger.",
                PrivateKind::SoleTrader => {
                    "Le registre le classe parmi les entrepreneurs individuels, qui ne sont pas des personnes morales."
                }
                PrivateKind::WithoutLegalPersonality => "Le registre le classe parmi les groupements sans personnalité morale.",
                PrivateKind::Other => "Le registre le classe parmi les personnes morales de droit privé.",
            },
        }
    }

    /// Where the sentence comes from: « Catégorie juridique 7210, Sirene ».
    pub fn source(self) -> String {
        format!("Catégorie juridique {self}, Sirene")
    }
}

impl TryFrom<String> for LegalCategory {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, &'static str> {
        Self::parse(&code).ok_or("not four digits")
    }
}

impl From<LegalCategory> for String {
    fn from(category: LegalCategory) -> Self {
        category.to_string()
    }
}

impl fmt::Display for LegalCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn nature(code: &str) -> Nature {
        LegalCategory::parse(code).expect("four digits").nature()
    }

    #[test]
    fn the_two_lists_share_nothing_and_hold_no_code_twice() {
        let mut all: Vec<u16> = PUBLIC.iter().chain(&ADMINISTRATION_OTHERWISE).copied().collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 78);
    }

    #[test]
    fn every_code_of_the_lists_has_a_label() {
        for code in PUBLIC.iter().chain(&ADMINISTRATION_OTHERWISE) {
            assert!(LegalCategory(*code).label().is_some(), "{code}");
        }
        assert_eq!(LegalCategory(5999).label(), None);
    }

    #[test]
    fn the_category_suggests_a_nature() {
        use PrivateKind::{Association, Company, ForeignCompany, Foundation, Other, SoleTrader, WithoutLegalPersonality};
        for (codes, expected) in [
            (vec!["7120", "7210", "7220", "7346", "4160", "8450"], Nature::Public),
            (vec!["4110", "4120", "5546", "7345", "7363", "7410"], Nature::ToBeChecked),
            (vec!["4130", "3110", "3205", "3210", "3290", "8130", "8210", "8310", "8490"], Nature::ToBeChecked),
            (vec!["9220", "9230", "9260", "5195"], Nature::Private(Association)),
            (vec!["9300"], Nature::Private(Foundation)),
            (vec!["5499", "5710", "5800", "5510", "6540"], Nature::Private(Company)),
            (vec!["3120", "3220"], Nature::Private(ForeignCompany)),
            (vec!["1000"], Nature::Private(SoleTrader)),
            (vec!["2110", "9210"], Nature::Private(WithoutLegalPersonality)),
            (vec!["9110", "9900"], Nature::Private(Other)),
        ] {
            for code in codes {
                assert_eq!(nature(code), expected, "{code}");
            }
        }
    }

    #[test]
    fn the_source_is_named() {
        let commune = LegalCategory::parse("7210").expect("four digits");
        assert_eq!(commune.source(), "Catégorie juridique 7210, Sirene");
        assert_eq!(commune.label(), Some("Commune et commune nouvelle"));
        for wrong in ["", "721", "72100", "72l0", "+721", "７２１０"] {
            assert_eq!(LegalCategory::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_code_has_a_sentence_and_is_written_with_four_digits(code in "[0-9]{4}") {
            let category = LegalCategory::parse(&code).expect("four digits");
            prop_assert!(category.sentence().ends_with('.'));
            prop_assert_eq!(category.to_string(), code);
        }
    }
}
