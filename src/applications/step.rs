//! The steps of the form, in their order.

use super::{
    assurance::{self, AssuranceLevel},
    contacts::{self, Contacts},
    legal_basis::{self, LegalBasis},
    personal_data::{self, PersonalData},
    scope::{RequestedScopes, SCOPES, Scope},
    service::{self, Service},
};
use crate::fields::{Field, Fields};

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
}

/// Steps people count: the organisation, those above, the summary.
pub const STEPS_IN_ALL: usize = 8;

impl Step {
    /// All, in order.
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
        }
    }

    /// Its rank for people: the organisation is 1.
    pub fn number(self) -> usize {
        self as usize + 2
    }

    /// What comes next.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// What comes before.
    pub fn previous(self) -> Option<Self> {
        (self as usize).checked_sub(1).and_then(|index| Self::ALL.get(index)).copied()
    }

    /// The heading of what comes next.
    pub fn next_title(self) -> &'static str {
        self.next().map_or("Relire et déposer", Self::title)
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
        }
    }

    /// The fields of this step that take files.
    pub fn file_fields(self) -> &'static [Field] {
        match self {
            Self::Service => &[service::MOCKUPS],
            Self::LegalBasis => &[legal_basis::DOCUMENTS],
            Self::Assurance | Self::Scopes | Self::PersonalData | Self::Contacts => &[],
        }
    }

    /// Notes everything that is missing or wrong.
    pub fn check(self, fields: &mut Fields) {
        match self {
            Self::Service => drop(Service::parse(fields)),
            Self::LegalBasis => drop(LegalBasis::parse(fields)),
            Self::Assurance => drop(AssuranceLevel::parse(fields)),
            Self::Scopes => drop(RequestedScopes::parse(fields)),
            Self::PersonalData => drop(PersonalData::parse(fields)),
            Self::Contacts => drop(Contacts::parse(fields)),
        }
    }

    /// What the step holds before anybody types: the arrêté is chosen, for administrations.
    pub fn prefilled(self) -> Fields {
        let mut fields = Fields::default();
        if self == Self::LegalBasis {
            fields.set(legal_basis::CHOICE.name, legal_basis::ARRETE_2018);
        }
        fields
    }
}
