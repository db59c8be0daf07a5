//! The level of assurance asked (règlement eIDAS, règlement d'exécution 2015/1502).

use serde::{Deserialize, Serialize};

use crate::fields::{Field, Fields};

/// DataPass's `france_connect_eidas`.
pub const ASSURANCE_LEVEL: Field = Field { name: "assurance_level", label: "Niveau de garantie" };

/// Asked for the substantial level.
pub const REASON: Field = Field { name: "assurance_reason", label: "Pourquoi le niveau faible ne suffit-il pas ?" };

/// Every field of the step.
pub const FIELDS: &[Field] = &[ASSURANCE_LEVEL, REASON];

/// The level asked, and why when it is not the usual one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assurance {
    /// Which.
    pub level: AssuranceLevel,
    /// Given for the substantial level; nothing for the other.
    pub reason: String,
}

impl Assurance {
    /// Reads the step.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let level = AssuranceLevel::parse(fields)?;
        let reason = match level {
            AssuranceLevel::Low => Some(String::new()),
            AssuranceLevel::Substantial => fields.paragraph(REASON, 2000),
        };
        Some(Self { level, reason: reason? })
    }
}

/// FranceConnect or FranceConnect+.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display)]
pub enum AssuranceLevel {
    /// eIDAS « faible »: FranceConnect.
    #[serde(rename = "eidas_1")]
    #[strum(serialize = "eidas_1")]
    Low,
    /// eIDAS « substantiel »: FranceConnect+.
    #[serde(rename = "eidas_2")]
    #[strum(serialize = "eidas_2")]
    Substantial,
}

impl AssuranceLevel {
    /// Reads the step.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        fields.parse(ASSURANCE_LEVEL, |typed| {
            typed.parse::<Self>().map_err(|_| "Choisissez un niveau. En cas de doute, le niveau faible suffit.")
        })
    }

    /// What choosing it means.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Low => "Recommandé, sauf exigence particulière : tous les comptes FranceConnect conviennent.",
            Self::Substantial => {
                "Pour une démarche sensible, de santé ou financière par exemple. Il faut une identité numérique vérifiée, que beaucoup de personnes n’ont pas encore : moins d’usagers pourront se connecter."
            }
        }
    }

    /// In two words, beside a count.
    pub fn short_label(self) -> &'static str {
        match self {
            Self::Low => "eIDAS faible",
            Self::Substantial => "eIDAS substantiel",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Low => "Faible (eIDAS 1) : FranceConnect",
            Self::Substantial => "Substantiel (eIDAS 2) : FranceConnect+",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(level: &str, reason: &str) -> Option<Assurance> {
        let typed = [("assurance_level", level), ("assurance_reason", reason)];
        Assurance::parse(&mut Fields::from_pairs(typed.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()))
    }

    #[test]
    fn the_substantial_level_says_why() {
        assert!(parse("eidas_1", "").is_some());
        assert!(parse("eidas_2", " ").is_none());
        assert!(parse("eidas_2", "Accès à des données de santé.").is_some());
        assert_eq!(parse("eidas_1", "Au cas où").map(|asked| asked.reason), Some(String::new()), "the usual level needs no reason");
    }
}
