//! The letters about a decision in the making, or one that is reopened.

use serde::{Deserialize, Serialize};

use super::said::{AboutApplication, Author};

/// A letter about a decision, besides the decision's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "letter", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DecisionLetter {
    /// To the applicant: a refused demande is instructed again.
    ApplicationReopened {
        /// The demande.
        about: AboutApplication,
        /// Why.
        message: String,
        /// Of a candidature.
        arrival_rank: Option<i32>,
        /// Who reopened it.
        author: Author,
    },
    /// To the signatories: a decision on a candidature waits for one of them.
    DecisionToSign {
        /// The demande.
        about: AboutApplication,
        /// Who prepared it.
        prepared_by: String,
    },
    /// To whoever prepared or signed a decision: it came back, or fell.
    DecisionReturned {
        /// The demande.
        about: AboutApplication,
        /// « le refus ».
        decision: String,
        /// Who sent it back; nothing when the desk did.
        by: String,
        /// How it came back.
        how: Returning,
        /// Why.
        message: String,
    },
}

/// How a decision came back to the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Returning {
    /// Before it was signed: it is to be written again.
    SentBack,
    /// Once signed, before its letters left.
    TakenBack,
    /// Something came between: it could not take effect.
    HeldBack,
    /// The demande is no longer under review.
    Fell,
}

impl Returning {
    /// In three words, for the subject.
    fn what_now(self) -> &'static str {
        match self {
            Self::SentBack => "est à reprendre",
            Self::TakenBack => "est annulée avant son départ",
            Self::HeldBack => "n’est pas partie",
            Self::Fell => "n’a plus d’objet",
        }
    }
}

impl DecisionLetter {
    /// The demande.
    pub(super) fn about(&self) -> &AboutApplication {
        match self {
            Self::ApplicationReopened { about, .. } | Self::DecisionToSign { about, .. } | Self::DecisionReturned { about, .. } => about,
        }
    }

    /// The name of the kind, as stored and counted.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::ApplicationReopened { .. } => "application_reopened",
            Self::DecisionToSign { .. } => "decision_to_sign",
            Self::DecisionReturned { .. } => "decision_returned",
        }
    }

    /// What people call it, in the journal and in lists.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::ApplicationReopened { .. } => "demande rouverte",
            Self::DecisionToSign { .. } => "décision à signer",
            Self::DecisionReturned { .. } => "décision revenue",
        }
    }

    /// The heading of the letter.
    pub(super) fn heading(&self) -> &'static str {
        match self {
            Self::ApplicationReopened { .. } => "Votre demande est rouverte",
            Self::DecisionToSign { .. } => "Une décision à signer",
            Self::DecisionReturned { .. } => "Une décision revient à l’équipe",
        }
    }

    /// The end of the subject: whose turn it is.
    pub(super) fn what_now(&self) -> String {
        match self {
            Self::ApplicationReopened { .. } => "elle est rouverte, c’est à nous de répondre".into(),
            Self::DecisionToSign { about, .. } => format!("une décision à signer ({})", about.organisation),
            Self::DecisionReturned { how, .. } => format!("la décision {}", how.what_now()),
        }
    }
}

impl From<DecisionLetter> for super::Letter {
    fn from(letter: DecisionLetter) -> Self {
        Self::OfDecision(letter)
    }
}
