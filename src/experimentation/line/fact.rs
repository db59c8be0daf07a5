//! What the order of a line depends on.

use crate::{criteria::Sector, experimentation::Shares, ids::ApplicationId};

/// Something the order depends on, as it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The campaign has that many places, shared so, some of them kept or none any more.
    Panel {
        /// Places in all.
        capacity: u32,
        /// Floor and ceiling of each sector.
        shares: Shares,
        /// Nothing is kept for a sector any more.
        is_released: bool,
    },
    /// The day came when nothing is kept any more.
    Released,
    /// A complete candidature took its turn.
    Entered {
        /// Which.
        application: ApplicationId,
        /// Before whoever has a higher one.
        turn: i32,
        /// Of the legal person.
        siren: String,
        /// Of the service.
        sector: Sector,
        /// An administration: it holds no place.
        is_public: bool,
    },
    /// It is out, and gives back the place it held.
    Left {
        /// Which.
        application: ApplicationId,
    },
    /// A signed approval granted the place that was reserved for it.
    Granted {
        /// Which.
        application: ApplicationId,
    },
    /// A reviewer corrected its sector.
    SectorCorrected {
        /// Which.
        application: ApplicationId,
        /// The right one.
        sector: Sector,
    },
    /// The register tells that its organisation became public, or is not.
    NatureChanged {
        /// Which.
        application: ApplicationId,
        /// An administration.
        is_public: bool,
    },
}
