//! A file, as a fact speaks of it.

use serde::{Deserialize, Serialize};

use super::Event;

/// Which file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFact {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal: what tells it from another of the same name.
    pub sha256: String,
}

impl Event {
    /// Whether it happened while the demande was being filled in: the applicant's own affair until it is handed in.
    pub fn is_of_the_draft(&self) -> bool {
        matches!(
            self,
            Self::StepSaved { .. }
                | Self::FileAttached(_)
                | Self::FileReplaced { .. }
                | Self::FileRemoved(_)
                | Self::FileInfected(_)
                | Self::FillingOffered
                | Self::FillingAccepted
                | Self::FillingRefused
                | Self::FillingEnded { .. }
                | Self::InvitationWithdrawn
        )
    }
}
