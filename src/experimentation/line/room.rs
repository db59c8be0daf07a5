//! What is left of the places of a line while candidatures are seated, counted once.

use std::collections::{BTreeMap, BTreeSet};

use super::{Candidate, Line, Stand, Wait, why_full};
use crate::criteria::Sector;

/// What a sector holds, and may hold.
#[derive(Clone, Copy, Debug, Default)]
struct OfSector {
    taken: u32,
    ceiling: u32,
    kept: u32,
}

/// The places of a line, as its candidatures leave them.
#[derive(Clone, Debug)]
pub(super) struct Room {
    capacity: u32,
    taken: u32,
    sectors: BTreeMap<Sector, OfSector>,
    /// Legal persons that hold one.
    sirens: BTreeSet<String>,
}

impl Room {
    pub(super) fn of(line: &Line) -> Self {
        let of_sector = |sector: &Sector| {
            let ceiling = line.shares.get(sector).map_or(0, |share| share.ceiling);
            (*sector, OfSector { taken: 0, ceiling, kept: line.kept(*sector) })
        };
        let sectors = Sector::ALL.iter().map(of_sector).collect();
        let mut room = Self { capacity: line.capacity, taken: 0, sectors, sirens: BTreeSet::new() };
        line.candidates.values().filter(|candidate| candidate.stand != Stand::Waiting).for_each(|holder| room.seat(holder));
        room
    }

    /// One more place is held by that candidature.
    pub(super) fn seat(&mut self, holder: &Candidate) {
        self.taken += 1;
        self.sectors.entry(holder.sector).or_default().taken += 1;
        self.sirens.insert(holder.siren.clone());
    }

    /// Nobody else can be seated, whoever they are.
    pub(super) fn is_full(&self) -> bool {
        self.taken >= self.capacity
    }

    /// What keeps a candidature that waits from a place.
    pub(super) fn why_waiting(&self, candidate: &Candidate) -> Option<Wait> {
        if candidate.is_public {
            return Some(Wait::Public);
        }
        if self.sirens.contains(&candidate.siren) {
            return Some(Wait::OneEach);
        }
        let of = self.sectors.get(&candidate.sector).copied().unwrap_or_default();
        let bound: u32 = self.sectors.values().map(|of| of.kept.max(of.taken)).sum();
        why_full(self.capacity, self.taken, (of.taken, of.ceiling), of.kept, self.capacity.saturating_sub(bound))
    }
}
