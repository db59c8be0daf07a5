//! The line of a campaign, from the facts it depends on: who holds a place, who waits for one and why. It knows nothing of the database: the
//! tables must say the same at any time, and `check-invariants` compares them.
//!
//! The order names two things, the order of arrival and the activity concerned. So the lowest turn comes first; a sector holds the places kept
//! for it first, then others, up to its ceiling; what is kept for the others is left to them until the reserve is released. A legal person holds
//! one place, a public body none.

use std::collections::{BTreeMap, BTreeSet};

mod fact;
mod room;

pub use fact::Fact;
use room::Room;

use super::Shares;
use crate::{criteria::Sector, ids::ApplicationId};

/// Where a candidature of the line stands; one that left stands nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumString, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum Stand {
    /// Without a place.
    Waiting,
    /// With the place its instruction keeps for it.
    Reserved,
    /// With the place a signed approval gave it.
    Granted,
}

impl Stand {
    /// In a few words, for a badge or a row.
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "En attente d’une place",
            Self::Reserved => "Place réservée",
            Self::Granted => "Place accordée",
        }
    }
}

/// A candidature of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Before whoever has a higher one.
    pub turn: i32,
    /// Of the legal person.
    pub siren: String,
    /// Of the service.
    pub sector: Sector,
    /// An administration.
    pub is_public: bool,
    /// Where it stands.
    pub stand: Stand,
}

/// The line of a campaign at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    capacity: u32,
    shares: Shares,
    is_released: bool,
    candidates: BTreeMap<ApplicationId, Candidate>,
}

/// Why a candidature has no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// A public body holds none.
    Public,
    /// Its legal person holds one.
    OneEach,
    /// Every place is held.
    Full,
    /// Its sector holds as many as it may.
    Ceiling,
    /// What is free is kept for other sectors.
    Kept,
}

impl Wait {
    /// In a few words, where the numbers of the day stand beside: « plafond du secteur atteint ».
    pub fn short(self) -> &'static str {
        match self {
            Self::Public => "organisme public\u{a0}: pas de place",
            Self::OneEach => "l’organisme tient déjà une place",
            Self::Full => "toutes les places sont prises",
            Self::Ceiling => "plafond du secteur atteint",
            Self::Kept => "places gardées pour d’autres secteurs",
        }
    }
}

/// Facts that no line can have known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} does what it cannot where it stands")]
pub struct OutOfPlace(pub ApplicationId);

impl Line {
    /// The line its facts make, the first one first; facts of one moment count together.
    ///
    /// # Errors
    /// [`OutOfPlace`] when a fact is about a candidature that was not there, or had no place to be granted.
    pub fn replay(facts: impl IntoIterator<Item = (i32, Fact)>) -> Result<Self, OutOfPlace> {
        let mut line = Self::default();
        let mut current = None;
        for (moment, fact) in facts {
            if current.is_some_and(|current| current != moment) {
                line.move_on();
            }
            current = Some(moment);
            line.take(fact)?;
        }
        line.move_on();
        Ok(line)
    }

    /// The line of the panel where those stand: all who hold a place, and of those who wait at least the ones that may be seated.
    pub fn standing(
        capacity: u32,
        shares: Shares,
        is_released: bool,
        candidates: impl IntoIterator<Item = (ApplicationId, Candidate)>,
    ) -> Self {
        Self { capacity, shares, is_released, candidates: candidates.into_iter().collect() }
    }

    /// Who would be seated if that candidature left, in turn.
    ///
    /// # Errors
    /// [`OutOfPlace`] when it is not there.
    pub fn seated_without(&self, application: ApplicationId) -> Result<Vec<ApplicationId>, OutOfPlace> {
        let mut without = self.clone();
        without.take(Fact::Left { application })?;
        Ok(without.move_on())
    }

    /// Takes a fact in; nobody moves yet.
    ///
    /// # Errors
    /// As [`Line::replay`].
    pub fn take(&mut self, fact: Fact) -> Result<(), OutOfPlace> {
        match fact {
            Fact::Panel { capacity, shares, is_released } => {
                (self.capacity, self.shares, self.is_released) = (capacity, shares, is_released);
            }
            Fact::Released => self.is_released = true,
            Fact::Entered { application, turn, siren, sector, is_public } => {
                let candidate = Candidate { turn, siren, sector, is_public, stand: Stand::Waiting };
                if self.candidates.insert(application, candidate).is_some() {
                    return Err(OutOfPlace(application));
                }
            }
            Fact::Left { application } => {
                self.candidates.remove(&application).ok_or(OutOfPlace(application))?;
            }
            Fact::Granted { application } => {
                // What moved at that moment moved before the grant.
                self.move_on();
                let candidate = self.candidate(application)?;
                if candidate.stand != Stand::Reserved {
                    return Err(OutOfPlace(application));
                }
                candidate.stand = Stand::Granted;
            }
            Fact::SectorCorrected { application, sector } => {
                let candidate = self.candidate(application)?;
                if candidate.stand == Stand::Granted {
                    return Err(OutOfPlace(application));
                }
                (candidate.sector, candidate.stand) = (sector, Stand::Waiting);
            }
            Fact::NatureChanged { application, is_public } => self.candidate(application)?.is_public = is_public,
        }
        Ok(())
    }

    fn candidate(&mut self, application: ApplicationId) -> Result<&mut Candidate, OutOfPlace> {
        self.candidates.get_mut(&application).ok_or(OutOfPlace(application))
    }

    /// Seats whoever may be, in turn; they, in that order. To seat somebody never makes room for somebody before them: once through is enough.
    pub fn move_on(&mut self) -> Vec<ApplicationId> {
        let mut room = Room::of(self);
        if room.is_full() {
            return Vec::new();
        }
        let mut in_turn: Vec<(i32, ApplicationId)> = self
            .candidates
            .iter()
            .filter(|(_, candidate)| candidate.stand == Stand::Waiting)
            .map(|(application, candidate)| (candidate.turn, *application))
            .collect();
        in_turn.sort_unstable();
        let mut seated = Vec::new();
        for (_, application) in in_turn {
            if let Some(candidate) = self.candidates.get_mut(&application)
                && room.why_waiting(candidate).is_none()
            {
                candidate.stand = Stand::Reserved;
                room.seat(candidate);
                seated.push(application);
            }
        }
        seated
    }

    /// What keeps a candidature that waits from a place; nothing when nothing does, or when it does not wait.
    pub fn why_waiting(&self, application: ApplicationId) -> Option<Wait> {
        let candidate = self.candidates.get(&application).filter(|candidate| candidate.stand == Stand::Waiting)?;
        Room::of(self).why_waiting(candidate)
    }

    /// Every candidature of the line.
    pub fn candidates(&self) -> &BTreeMap<ApplicationId, Candidate> {
        &self.candidates
    }

    /// Places in all.
    pub fn capacity(&self) -> u32 {
        self.capacity
    }

    /// Places held.
    pub fn taken(&self) -> u32 {
        count(self.holders())
    }

    /// Places a sector holds.
    pub fn taken_by(&self, sector: Sector) -> u32 {
        count(self.holders().filter(|holder| holder.sector == sector))
    }

    /// Places kept for a sector, held by it or not.
    pub fn kept(&self, sector: Sector) -> u32 {
        if self.is_released { 0 } else { self.shares.get(&sector).map_or(0, |share| share.floor) }
    }

    /// What stands against the order, each in a few words; nothing when it holds.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.taken() > self.capacity {
            faults.push(format!("{} hold one of {} places", self.taken(), self.capacity));
        }
        for sector in Sector::ALL {
            let ceiling = self.shares.get(sector).map_or(0, |share| share.ceiling);
            if self.taken_by(*sector) > ceiling {
                faults.push(format!("{sector} holds {} places of {ceiling}", self.taken_by(*sector)));
            }
        }
        let room = Room::of(self);
        let mut sirens = BTreeSet::new();
        for (application, candidate) in &self.candidates {
            if candidate.stand == Stand::Waiting {
                if room.why_waiting(candidate).is_none() {
                    faults.push(format!("{application} waits beside a free place"));
                }
            } else if candidate.is_public {
                faults.push(format!("{application} is public and holds a place"));
            } else if !sirens.insert(&candidate.siren) {
                faults.push(format!("{application} holds a second place of {}", candidate.siren));
            }
        }
        faults
    }

    fn holders(&self) -> impl Iterator<Item = &Candidate> {
        self.candidates.values().filter(|candidate| candidate.stand != Stand::Waiting)
    }
}

/// What keeps a sector from one more place, by the numbers of the day: `taken` of its `ceiling`, `kept` for it, `unkept` for anybody.
pub fn why_full(capacity: u32, all_taken: u32, (taken, ceiling): (u32, u32), kept: u32, unkept: u32) -> Option<Wait> {
    if all_taken >= capacity {
        Some(Wait::Full)
    } else if taken >= ceiling {
        Some(Wait::Ceiling)
    } else if taken >= kept && unkept == 0 {
        Some(Wait::Kept)
    } else {
        None
    }
}

fn count<'a>(candidates: impl Iterator<Item = &'a Candidate>) -> u32 {
    u32::try_from(candidates.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "line/tests.rs"]
mod tests;
