//! Who is asked for an opinion.

use crate::{
    accounts::{Person, Role},
    applications::Kind,
};

/// A service that gives opinions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
pub enum Service {
    /// The FranceConnect team.
    #[strum(serialize = "franceconnect")]
    FranceConnect,
    /// DINUM's legal service.
    #[strum(serialize = "legal")]
    Legal,
}

impl Service {
    /// All, in the order of the page.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// What its address ends with.
    pub fn slug(self) -> &'static str {
        match self {
            Self::FranceConnect => "franceconnect",
            Self::Legal => "juridique",
        }
    }

    /// The service of that address.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|service| service.slug() == slug)
    }

    /// As a heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::FranceConnect => "Équipe FranceConnect",
            Self::Legal => "Service juridique",
        }
    }

    /// After « l’avis ».
    pub fn of(self) -> &'static str {
        match self {
            Self::FranceConnect => "de l’équipe FranceConnect",
            Self::Legal => "du service juridique de la DINUM",
        }
    }

    /// What the author is called when the profile says nothing.
    pub fn quality(self) -> &'static str {
        match self {
            Self::FranceConnect => "Chargé d’instruction",
            Self::Legal => "Juriste",
        }
    }

    /// The roles that may answer for it.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::FranceConnect => &[Role::Reviewer, Role::Signatory],
            Self::Legal => &[Role::Jurist],
        }
    }

    /// Whether this person may answer for it.
    pub fn may_be_given_by(self, person: &Person) -> bool {
        self.roles().iter().any(|role| person.is(*role))
    }

    /// Whose opinion a decision on that kind of demande cannot do without (« le service juridique de la DINUM et l’équipe FranceConnect »).
    pub fn needed_for(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Experiment => Self::ALL,
            Kind::Administration | Kind::PrivateAddressChange | Kind::PrivateIdentityCheck => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_has_its_address_and_people() {
        for service in Service::ALL {
            assert_eq!(Service::from_slug(service.slug()), Some(*service));
            assert_eq!(service.to_string().parse(), Ok(*service));
            assert!(!service.roles().is_empty() && !service.roles().contains(&Role::Observer));
        }
        assert_eq!(Service::from_slug("comptable"), None);
    }

    #[test]
    fn only_candidatures_need_both() {
        assert_eq!(Service::needed_for(Kind::Experiment), [Service::FranceConnect, Service::Legal]);
        assert!(Service::needed_for(Kind::Administration).is_empty());
    }
}
