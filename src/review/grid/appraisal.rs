//! What a person thinks of a criterion.

use time::OffsetDateTime;

use crate::criteria::{Outcome, Rule};

/// Fulfilled or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Appraisal {
    /// The demande fulfils the criterion.
    Met,
    /// It does not.
    NotMet,
    /// It cannot be told yet.
    Unsure,
}

/// A fact of the grid, never changed: a later one takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appraised {
    /// Grows with each fact.
    pub id: i64,
    /// The version it was about.
    pub version: i32,
    /// Which criterion.
    pub rule: Rule,
    /// What its author thinks.
    pub appraisal: Appraisal,
    /// What they add, possibly nothing.
    pub note: String,
    /// Their name, as of today.
    pub by_name: String,
    /// When.
    pub at: OffsetDateTime,
}

impl Appraisal {
    /// All, in the order of the grid.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// In a word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Met => "Rempli",
            Self::NotMet => "Non rempli",
            Self::Unsure => "Incertain",
        }
    }

    /// What a finding proposes: only what the facts settle. What a person must look at is left to them.
    pub fn proposed_by(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::Pass => Some(Self::Met),
            Outcome::Fail => Some(Self::NotMet),
            Outcome::ToCheck | Outcome::Unknown => None,
        }
    }
}
