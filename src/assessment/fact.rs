//! What the figures are counted from, as the database tells it: one list for each.

use jiff::civil::Date;

use crate::{
    applications::Baseline,
    criteria::Sector,
    ids::ApplicationId,
    participation::{Cause, Month, Tenths, is_whole},
};

/// Who a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whose {
    /// The candidature of the participant.
    pub participant: ApplicationId,
    /// Its sector.
    pub sector: Sector,
}

/// Something known of one participant.
pub trait Fact {
    /// Of whom.
    fn whose(&self) -> Whose;

    /// How much of the two sides of a number it makes; 1 when only people are counted.
    fn weights(&self) -> [u64; 2] {
        [1, 1]
    }

    /// The month it is about, when it is about one.
    fn month(&self) -> Option<Month> {
        None
    }
}

/// A participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Who.
    pub whose: Whose,
    /// How the participation ended, once it has.
    pub ended: Option<Cause>,
}

/// What a participant counted of a month, by its last version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Who.
    pub whose: Whose,
    /// The month.
    pub month: Month,
    /// Through FranceConnect.
    pub through_fc: u64,
    /// By any means.
    pub in_all: u64,
}

/// The days a participation covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The day access opened.
    pub began_on: Date,
    /// The last day, past or to come.
    pub last_day: Date,
}

/// A month beside an ordinary one before FranceConnect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Who.
    pub whose: Whose,
    /// The month.
    pub month: Month,
    /// The days of the participation.
    pub span: Span,
    /// Connections of the month.
    pub connections: u64,
    /// Accounts created in it.
    pub accounts: u64,
    /// The ordinary month.
    pub baseline: Baseline,
}

/// The growth of traffic a participant puts down to FranceConnect, for a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Who.
    pub whose: Whose,
    /// The month.
    pub month: Month,
    /// The days of the participation.
    pub span: Span,
    /// What it says.
    pub growth: Tenths,
}

/// The reports of a participant: the months, and the Paris day each was first sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sendings {
    /// Who.
    pub whose: Whose,
    /// The days of the participation.
    pub span: Span,
    /// Nothing more is asked once the right is revoked.
    pub is_revoked: bool,
    /// What was sent, and when for the first time.
    pub sent: Vec<(Month, Date)>,
}

/// Complete candidatures, by what became of their places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leavings {
    /// Places a signed decision granted.
    pub granted: u64,
    /// Of them, those whose right was revoked.
    pub revoked: u64,
    /// Of them, those given back.
    pub renounced: u64,
    /// Of them, those not confirmed in time.
    pub unconfirmed: u64,
    /// Candidatures taken back before a decision.
    pub withdrawn: u64,
}

/// The first signed decision on a candidature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The day the file was complete.
    pub complete_on: Date,
    /// The day of the decision.
    pub decided_on: Date,
}

impl Span {
    /// Whether it covers a month from its first to its last day.
    pub fn covers(self, month: Month) -> bool {
        is_whole(month, self.began_on, self.last_day)
    }
}

impl Fact for Participant {
    fn whose(&self) -> Whose {
        self.whose
    }
}

impl Fact for Counted {
    fn whose(&self) -> Whose {
        self.whose
    }

    fn weights(&self) -> [u64; 2] {
        [self.through_fc, self.in_all]
    }

    fn month(&self) -> Option<Month> {
        Some(self.month)
    }
}

impl Fact for Beside {
    fn whose(&self) -> Whose {
        self.whose
    }

    fn weights(&self) -> [u64; 2] {
        [self.connections, self.accounts]
    }

    fn month(&self) -> Option<Month> {
        Some(self.month)
    }
}

impl Fact for Declared {
    fn whose(&self) -> Whose {
        self.whose
    }

    fn month(&self) -> Option<Month> {
        Some(self.month)
    }
}

impl Fact for Sendings {
    fn whose(&self) -> Whose {
        self.whose
    }
}
