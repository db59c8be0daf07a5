//! Which demande a demande resumes, and which resume it.

use super::state::State;
use crate::ids::ApplicationId;

pub(super) mod store;

/// A relative, as links name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relative {
    /// D12.
    pub id: ApplicationId,
    /// Where it stands.
    pub state: State,
    /// Whether it was ever handed in; before, it is its applicant's alone.
    pub is_received: bool,
}

/// Where a demande comes from and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    /// The refused or withdrawn demande whose content it took over.
    pub origin: Option<Relative>,
    /// The demandes that took its content over, in order; those in the bin left out.
    pub resumed: Vec<Relative>,
}

impl Lineage {
    /// What others than the applicant know of it: nothing of what was not handed in.
    #[must_use]
    pub fn as_others_know_it(self) -> Self {
        let known = |relative: &Relative| relative.is_received;
        Self { origin: self.origin.filter(known), resumed: self.resumed.into_iter().filter(known).collect() }
    }
}
