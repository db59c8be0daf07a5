//! A vendor says that it acts for a client.

use time::OffsetDateTime;

use super::Siret;
use crate::ids::{OrganisationId, RepresentationId};

pub(super) mod store;

/// What a vendor declared of a client. Nothing is granted by it: the mandate itself is filed with the demande.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Representation {
    /// Its number.
    pub id: RepresentationId,
    /// Who acts.
    pub vendor: Party,
    /// For whom.
    pub client: Party,
    /// Who declared it, by name.
    pub declared_by: String,
    /// When.
    pub declared_at: OffsetDateTime,
    /// Since when it is over; nothing while it lasts.
    pub ended_at: Option<OffsetDateTime>,
}

/// One of the two organisations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its number here.
    pub organisation: OrganisationId,
    /// Its number in the register.
    pub siret: Siret,
    /// Its name in the register; while it has none there, a client's is that its vendor gave it.
    pub name: String,
}

impl Representation {
    /// Whether it lasts.
    pub fn lasts(&self) -> bool {
        self.ended_at.is_none()
    }
}
