//! The steps of the forms; [`Form`](super::Form) says which a demande has, and in which order.

use super::{
    assurance,
    case::{address_change, baseline, commitments, contribution, hosting, identity_text},
    contacts, legal_basis, mandate, personal_data,
    scope::{SCOPES, Scope},
    service,
};
use crate::fields::Field;

/// A step that is filled in. The organisation comes before them, the summary after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::VariantArray)]
pub enum Step {
    /// The service that will carry the button.
    Service,
    /// How it is tied to a change of address.
    AddressChange,
    /// The text that imposes to check who people are.
    IdentityText,
    /// The sector a candidature contributes to.
    Contribution,
    /// The text that allows it.
    LegalBasis,
    /// eIDAS level.
    Assurance,
    /// The scopes.
    Scopes,
    /// Recipients and retention.
    PersonalData,
    /// Where the data are, and who handles them.
    Hosting,
    /// The figures before integration.
    Baseline,
    /// The three contacts.
    Contacts,
    /// What a candidate commits to.
    Commitments,
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
            Self::AddressChange => "adresse",
            Self::IdentityText => "texte",
            Self::Contribution => "secteur",
            Self::LegalBasis => "cadre",
            Self::Assurance => "niveau",
            Self::Scopes => "donnees",
            Self::PersonalData => "traitement",
            Self::Hosting => "hebergement",
            Self::Baseline => "mesure",
            Self::Contacts => "contacts",
            Self::Commitments => "engagements",
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
            Self::AddressChange => "Le changement d’adresse",
            Self::IdentityText => "Le texte qui l’impose",
            Self::Contribution => "Le secteur",
            Self::LegalBasis => "Le cadre juridique",
            Self::Assurance => "Le niveau de garantie",
            Self::Scopes => "Les données",
            Self::PersonalData => "Les données personnelles",
            Self::Hosting => "L’hébergement",
            Self::Baseline => "La mesure",
            Self::Contacts => "Les contacts",
            Self::Commitments => "Les engagements",
            Self::Mandate => "Le mandat",
        }
    }

    /// Those in which people may write what they like; contacts are people's own, and asked for.
    pub fn free_fields(self) -> Vec<Field> {
        if self == Self::Contacts { Vec::new() } else { self.fields() }
    }

    /// The fields a draft keeps for this step.
    pub fn fields(self) -> Vec<Field> {
        match self {
            Self::Service => service::FIELDS.to_vec(),
            Self::AddressChange => address_change::FIELDS.to_vec(),
            Self::IdentityText => identity_text::FIELDS.to_vec(),
            Self::Contribution => contribution::FIELDS.to_vec(),
            Self::LegalBasis => legal_basis::FIELDS.to_vec(),
            Self::Assurance => assurance::FIELDS.to_vec(),
            Self::Scopes => {
                let justified = Scope::ALL.iter().filter(|scope| scope.needs_justification());
                std::iter::once(SCOPES).chain(justified.map(|scope| scope.justification_field())).collect()
            }
            Self::PersonalData => personal_data::FIELDS.to_vec(),
            Self::Hosting => hosting::FIELDS.to_vec(),
            Self::Baseline => baseline::FIELDS.to_vec(),
            Self::Contacts => contacts::FIELDS.to_vec(),
            Self::Commitments => commitments::fields(),
            Self::Mandate => mandate::FIELDS.to_vec(),
        }
    }
}
