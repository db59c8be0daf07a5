//! Who holds the places of a campaign, by sector.

use std::collections::BTreeMap;

use super::{Campaign, Occupancy};
use crate::criteria::Sector;

/// What stands in a sector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeldInSector {
    /// Places given by a signed approval.
    pub granted: u32,
    /// Places of complete candidatures that are being examined.
    pub reserved: u32,
    /// Complete candidatures without a place.
    pub waiting: u32,
}

/// Who holds the places of a campaign, by sector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held(pub BTreeMap<Sector, HeldInSector>);

impl HeldInSector {
    /// Places that somebody holds.
    pub fn taken(self) -> u32 {
        self.granted + self.reserved
    }
}

impl Held {
    /// What stands in that sector.
    pub fn of(&self, sector: Sector) -> HeldInSector {
        self.0.get(&sector).copied().unwrap_or_default()
    }

    /// In all.
    pub fn whole(&self) -> HeldInSector {
        self.0.values().fold(HeldInSector::default(), |sum, sector| HeldInSector {
            granted: sum.granted + sector.granted,
            reserved: sum.reserved + sector.reserved,
            waiting: sum.waiting + sector.waiting,
        })
    }

    /// Places that somebody holds.
    pub fn taken(&self) -> u32 {
        self.whole().taken()
    }

    /// As the state of the day counts them.
    pub fn occupancy(&self) -> Occupancy {
        Occupancy { taken: self.taken(), waiting: self.whole().waiting }
    }

    /// Places nobody holds that a sector keeps, on a day when the reserve is not released.
    pub fn kept(&self, campaign: &Campaign, sector: Sector) -> u32 {
        campaign.share(sector).floor.saturating_sub(self.of(sector).taken())
    }

    /// Places nobody holds that all sectors keep together.
    pub fn kept_in_all(&self, campaign: &Campaign) -> u32 {
        Sector::ALL.iter().map(|sector| self.kept(campaign, *sector)).sum()
    }
}
