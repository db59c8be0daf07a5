//! The steps of the forms; [`Form`](super::Form) says which a demande has, and in which order.

use super::{
    assurance, contacts, legal_basis, mandate, personal_data,
    scope::{SCOPES, Scope},
    service,
};
use crate::fields::Field;

/// A step that is filled in. The organisation comes before them, the summary after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::VariantArray)]
pub enum Step {
    /// The service that will carry the button.
    Service,
    /// The text that allows it.
    LegalBasis,
    /// eIDAS level.
    Assurance,
    /// The scopes.
    Scopes,
    /// Recipients and retention.
    PersonalData,
    /// The three contacts.
    Contacts,
    /// By which a client has a vendor file for it.
    Mandate,
}

impl Step {
    /// All of them.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Its address, below the demande's.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::LegalBasis => "cadre",
            Self::Assurance => "niveau",
            Self::Scopes => "donnees",
            Self::PersonalData => "traitement",
            Self::Contacts => "contacts",
            Self::Mandate => "mandat",
        }
    }

    /// The step at that address.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.slug() == slug)
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Service => "Le service",
            Self::LegalBasis => "Le cadre juridique",
            Self::Assurance => "Le niveau de garantie",
            Self::Scopes => "Les données",
            Self::PersonalData => "Les données personnelles",
            Self::Contacts => "Les contacts",
            Self::Mandate => "Le mandat",
        }
    }

    /// The fields a draft keeps for this step.
    pub fn fields(self) -> Vec<Field> {
        match self {
            Self::Service => service::FIELDS.to_vec(),
            Self::LegalBasis => legal_basis::FIELDS.to_vec(),
            Self::Assurance => assurance::FIELDS.to_vec(),
            Self::Scopes => {
                let justified = Scope::ALL.iter().filter(|scope| scope.needs_justification());
                std::iter::once(SCOPES).chain(justified.map(|scope| scope.justification_field())).collect()
            }
            Self::PersonalData => personal_data::FIELDS.to_vec(),
            Self::Contacts => contacts::FIELDS.to_vec(),
            Self::Mandate => mandate::FIELDS.to_vec(),
        }
    }
}
