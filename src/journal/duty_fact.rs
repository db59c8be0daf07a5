//! What the law owes besides a decision: the proof and the reasons of silence, the end of what nobody answers.

use serde::{Deserialize, Serialize};

/// A fact of what is owed; all are told to the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum DutyFact {
    /// The applicant was given the attestation of an acceptance silence gave.
    AcceptanceAttested {
        /// Of which version.
        version: i32,
    },
    /// The applicant asked why silence rejected.
    ReasonsAsked {
        /// Which version.
        version: i32,
        /// The last day to answer, 2027-03-10.
        due_on: String,
    },
    /// The team answered.
    ReasonsGiven {
        /// About which version.
        version: i32,
    },
    /// The team reminded the applicant of what was asked.
    ApplicantReminded {
        /// Of which version.
        version: i32,
    },
    /// The team warned that it will close a demande nobody answers for.
    ClosingAnnounced {
        /// Its version.
        version: i32,
        /// The last day to answer, 2027-02-24.
        limit_on: String,
    },
    /// It closed it: nobody answered.
    ApplicationClosed {
        /// Its version.
        version: i32,
    },
}

impl DutyFact {
    /// The end of the sentence that starts with who acted.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::AcceptanceAttested { .. } => "a obtenu l’attestation de l’acceptation née du silence".into(),
            Self::ReasonsAsked { .. } => "a demandé les motifs du rejet né du silence".into(),
            Self::ReasonsGiven { .. } => "a communiqué les motifs du rejet né du silence".into(),
            Self::ApplicantReminded { version } => format!("a relancé le demandeur au sujet de la version {version}"),
            Self::ClosingAnnounced { version, .. } => {
                format!("a prévenu que la version {version}, restée sans réponse, sera classée sans suite")
            }
            Self::ApplicationClosed { version } => format!("a classé sans suite la version {version}, restée sans réponse"),
        }
    }
}

impl From<DutyFact> for super::Event {
    fn from(fact: DutyFact) -> Self {
        Self::OfDuty(fact)
    }
}
