//! What becomes of a right once granted, in the past tense.

use serde::{Deserialize, Serialize};

use crate::ids::AuthorizationId;

/// Facts about a right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum RightFact {
    /// Its holder was told that it may be suspended or revoked, and is heard.
    ProcedureOpened {
        /// Which right.
        authorization: AuthorizationId,
        /// « suspendre ».
        measure: String,
    },
    /// The holder answered.
    ObservationsGiven {
        /// About which right.
        authorization: AuthorizationId,
    },
    /// A signatory ended the procedure.
    ProcedureEnded {
        /// About which right.
        authorization: AuthorizationId,
        /// « suspendre l’habilitation ».
        outcome: String,
    },
    /// Its suspension came to its end.
    SuspensionEnded {
        /// Which right.
        authorization: AuthorizationId,
    },
    /// Its holder asked to go to production.
    GoLiveAsked {
        /// Which right.
        authorization: AuthorizationId,
    },
    /// The team checked the journey.
    JourneyChecked {
        /// Of which right.
        authorization: AuthorizationId,
        /// The service may open.
        favourable: bool,
    },
}

impl RightFact {
    /// The end of the sentence that starts with who acted.
    pub fn sentence(&self) -> String {
        match self {
            Self::ProcedureOpened { authorization, measure } => {
                format!("a ouvert une procédure pour {measure} l’habilitation {authorization}")
            }
            Self::ObservationsGiven { authorization } => format!("a présenté des observations sur l’habilitation {authorization}"),
            Self::ProcedureEnded { authorization, outcome } => format!("a décidé de {outcome} ({authorization})"),
            Self::SuspensionEnded { authorization } => format!("a mis fin à la suspension de l’habilitation {authorization}, à son terme"),
            Self::GoLiveAsked { authorization } => format!("a demandé la mise en production ({authorization})"),
            Self::JourneyChecked { authorization, favourable: true } => format!("a déclaré le parcours conforme ({authorization})"),
            Self::JourneyChecked { authorization, .. } => format!("a demandé de corriger le parcours ({authorization})"),
        }
    }
}
