//! Who holds a place though the register has called it a public body since.

use super::line::Stand;
use crate::{ids::ApplicationId, organisations::LegalCategory};

/// A legal person that was private when it got its place. The database refuses a place to a public body, and takes none back: the team decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicHolder {
    /// By which candidature.
    pub application: ApplicationId,
    /// As the register names it today.
    pub organisation: String,
    /// What the register calls it today.
    pub category: LegalCategory,
    /// The place it holds.
    pub place: i32,
    /// Reserved or granted.
    pub stand: Stand,
}

impl PublicHolder {
    /// « Établissement public national à caractère administratif ».
    pub fn called(&self) -> String {
        self.category.label().map_or_else(|| format!("catégorie juridique {}", self.category), str::to_owned)
    }

    /// What would free its place.
    pub fn way_out(&self) -> &'static str {
        match self.stand {
            Stand::Granted => {
                "Cette place est accordée : si le registre dit vrai, ouvrez une procédure sur l’habilitation, que le dossier montre. Une révocation libère la place."
            }
            _ => "Cette place est réservée : si le registre dit vrai, la décision qui refuse la candidature la libère.",
        }
    }
}
