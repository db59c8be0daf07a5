//! The parts of a campaign that a change may touch, and what is wrong with one.

use crate::criteria::Sector;

/// A part of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What people call it.
    Title,
    /// First day of candidatures.
    Opening,
    /// Last day of candidatures.
    Closing,
    /// Last day of the experiment.
    End,
    /// Legal persons at most.
    Capacity,
    /// First day on which no place is kept for a sector.
    Reserve,
    /// Places kept for a sector.
    Floor(Sector),
    /// Places a sector may hold at most.
    Ceiling(Sector),
    /// What silence means.
    Silence,
    /// Days to confirm a place.
    AnswerWithin,
    /// When a participation ends.
    ParticipationEnd,
}

/// Why a change cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeFault {
    /// Where.
    pub part: Part,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl Part {
    /// A fault of that part.
    pub(super) fn fault(self, sentence: String) -> ChangeFault {
        ChangeFault { part: self, sentence }
    }
}
