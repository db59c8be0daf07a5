//! Another dossier that bears on this one.

use crate::{
    applications::{Kind, State},
    ids::{ApplicationId, AuthorizationId},
};

/// Why it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumString, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum Tie {
    /// The same legal unit.
    SameSiren,
    /// A service at the same address.
    SameHost,
    /// A service of the same name.
    SameName,
}

impl Tie {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::SameSiren => "Même SIREN",
            Self::SameHost => "Même site",
            Self::SameName => "Même nom de service",
        }
    }
}

/// A received demande tied to the one that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// D12.
    pub id: ApplicationId,
    /// Why it is shown, the strongest reason alone.
    pub tie: Tie,
    /// Its kind.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Its organisation.
    pub organisation: String,
    /// Its service.
    pub service_name: String,
    /// The last right it gave.
    pub authorization: Option<AuthorizationId>,
}
