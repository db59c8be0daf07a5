//! What a letter about the places of an experiment is about.

use serde::{Deserialize, Serialize};

/// What happened to a candidature in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "news", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LineNews {
    /// A place became free and is reserved for it.
    PlaceReserved,
    /// A reviewer corrected its sector.
    SectorCorrected,
}

impl LineNews {
    /// The name of the kind, in occasions.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The end of the subject, after the number of the demande.
    pub(super) fn subject(self) -> &'static str {
        match self {
            Self::PlaceReserved => "une place vous est réservée, rien à faire",
            Self::SectorCorrected => "son secteur est corrigé",
        }
    }

    /// The title of the letter.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::PlaceReserved => "Une place de l’expérimentation vous est réservée",
            Self::SectorCorrected => "Le secteur de votre candidature est corrigé",
        }
    }
}
