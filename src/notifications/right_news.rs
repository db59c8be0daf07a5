//! What letters tell of a right after it was granted.

use serde::{Deserialize, Serialize};

use super::Author;

/// What happened to a right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "news", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RightNews {
    /// To its holder: what is envisaged, and until when to answer (CRPA L122-1).
    ProcedureOpened {
        /// « suspendre ».
        verb: String,
        /// Why in law.
        in_law: String,
        /// Why in fact.
        facts: String,
        /// Why a suspension may not wait, or nothing.
        urgency: String,
        /// The last day for observations, in full.
        until: String,
        /// Who opened it.
        author: Author,
    },
    /// To who opened the procedure: the holder answered.
    Observed {
        /// Who.
        by: String,
    },
    /// To its holder: how the procedure ended.
    Ruled {
        /// `suspended`, `revoked` or `closed`.
        outcome: String,
        /// The last day of a suspension, in full.
        until: Option<String>,
        /// Why in law.
        in_law: String,
        /// Why in fact.
        reasons: String,
        /// Why it did not wait, or nothing.
        urgency: String,
        /// Who decided.
        author: Author,
        /// When, in full.
        decided_on: String,
    },
    /// To its holder: the suspension is over.
    SuspensionEnded,
    /// To the reviewers: its holder would like to go to production.
    GoLiveAsked {
        /// Who asked.
        by: String,
        /// Where the journey can be followed.
        url: String,
        /// The day wished, in full.
        wished_on: String,
    },
    /// To its holder and the technical contact: what was found of the journey.
    JourneyChecked {
        /// The service may open.
        favourable: bool,
        /// Where the journey was followed.
        url: String,
        /// The points that are not met.
        to_correct: Vec<String>,
        /// What must be corrected, or a word.
        reasons: String,
        /// Who checked.
        author: Author,
        /// When, in full.
        checked_on: String,
    },
}

impl RightNews {
    /// The name of the kind, as stored and counted.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ProcedureOpened { .. } => "procedure_opened",
            Self::Observed { .. } => "observations_given",
            Self::Ruled { .. } => "procedure_ended",
            Self::SuspensionEnded => "suspension_ended",
            Self::GoLiveAsked { .. } => "go_live_asked",
            Self::JourneyChecked { .. } => "journey_checked",
        }
    }

    /// What people call it, in the journal and in lists.
    pub fn title(&self) -> &'static str {
        match self {
            Self::ProcedureOpened { .. } => "ouverture d’une procédure",
            Self::Observed { .. } => "observations du titulaire",
            Self::Ruled { .. } => "fin d’une procédure",
            Self::SuspensionEnded => "fin d’une suspension",
            Self::GoLiveAsked { .. } => "mise en production demandée",
            Self::JourneyChecked { .. } => "vérification du parcours",
        }
    }

    /// The heading of the letter.
    pub fn heading(&self) -> &'static str {
        match self {
            Self::ProcedureOpened { .. } => "Vous pouvez présenter vos observations",
            Self::Observed { .. } => "Le titulaire a présenté ses observations",
            Self::Ruled { outcome, .. } => match outcome.as_str() {
                "suspended" => "Votre habilitation est suspendue",
                "revoked" => "Votre habilitation est révoquée",
                _ => "La procédure est classée sans suite",
            },
            Self::SuspensionEnded => "Votre habilitation est de nouveau valable",
            Self::GoLiveAsked { .. } => "Un parcours est à vérifier",
            Self::JourneyChecked { favourable: true, .. } => "Le service peut ouvrir",
            Self::JourneyChecked { .. } => "Le parcours est à corriger",
        }
    }
}
