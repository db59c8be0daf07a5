//! What is asked of a service, and what it answers.

use time::OffsetDateTime;

use super::Service;
use crate::{calendar, ids::AccountId};

/// A service was asked for its opinion on a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// On which version; what is asked follows the demande from one to the next.
    pub version: i32,
    /// Which service.
    pub service: Service,
    /// What the reviewer would like to know, possibly nothing.
    pub question: String,
    /// Who asked.
    pub by: AccountId,
    /// Their name, as of today.
    pub by_name: String,
    /// When.
    pub at: OffsetDateTime,
}

/// For, for with reserves, or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum View {
    /// The right may be granted.
    Favourable,
    /// It may be, if something is watched or mended.
    Reserved,
    /// It should not be.
    Unfavourable,
}

/// What a service answered; never changed afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// On which version.
    pub version: i32,
    /// For which service.
    pub service: Service,
    /// In a word.
    pub view: View,
    /// Why.
    pub reasons: String,
    /// By whom.
    pub by: AccountId,
    /// Their name on that day.
    pub author_name: String,
    /// What they are.
    pub author_quality: String,
    /// When.
    pub at: OffsetDateTime,
}

impl View {
    /// All, in the order of the form.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// In a word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Favourable => "Favorable",
            Self::Reserved => "Réservé",
            Self::Unfavourable => "Défavorable",
        }
    }

    /// What it means, in the form.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Favourable => "L’habilitation peut être accordée en l’état.",
            Self::Reserved => "Elle peut l’être si un point est corrigé ou surveillé : dites lequel.",
            Self::Unfavourable => "Elle ne devrait pas l’être.",
        }
    }

    /// The tone of its badge.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Favourable => "success",
            Self::Reserved => "warning",
            Self::Unfavourable => "error",
        }
    }
}

impl Opinion {
    /// « Hugo Lemaire a rendu l’avis du service juridique de la DINUM le 1er décembre 2026 à 9 h 12. »
    pub fn sentence(&self) -> String {
        format!("{} a rendu l’avis {} le {}.", self.author_name, self.service.of(), calendar::moment(self.at))
    }
}
