//! The level of assurance asked (règlement eIDAS, règlement d'exécution 2015/1502).

use serde::{Deserialize, Serialize};

use crate::fields::{Field, Fields};

/// DataPass's `france_connect_eidas`.
pub const ASSURANCE_LEVEL: Field = Field { name: "assurance_level", label: "Niveau de garantie" };

/// Every field of the step.
pub const FIELDS: &[Field] = &[ASSURANCE_LEVEL];

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
                "Pour une démarche sensible, de santé ou financière par exemple. Il faut une identité numérique vérifiée, que beaucoup de personnes n’ont pas encore."
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
