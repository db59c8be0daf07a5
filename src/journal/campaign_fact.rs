//! What becomes of the campaigns of experiment.

use serde::{Deserialize, Serialize};

use crate::ids::CampaignChangeId;

/// A fact about a change of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CampaignFact {
    /// Somebody proposed a change, or a new campaign.
    CampaignChangeProposed {
        /// What people call the campaign.
        title: String,
        /// Its number.
        change: CampaignChangeId,
        /// Why.
        reason: String,
        /// What would change, a line each.
        changes: Vec<String>,
    },
    /// A second person agreed: it holds.
    CampaignChangeAgreed {
        /// What people call the campaign.
        title: String,
        /// Its number.
        change: CampaignChangeId,
        /// Who proposed it, by the name of that day.
        proposed_by: String,
        /// What changed, a line each.
        changes: Vec<String>,
    },
    /// A second person declined.
    CampaignChangeDeclined {
        /// What people call the campaign.
        title: String,
        /// Its number.
        change: CampaignChangeId,
        /// Why.
        answer: String,
    },
    /// Whoever proposed took it back.
    CampaignChangeWithdrawn {
        /// What people call the campaign.
        title: String,
        /// Its number.
        change: CampaignChangeId,
    },
}

impl CampaignFact {
    /// The end of the sentence that starts with who acted.
    pub fn sentence(&self) -> String {
        match self {
            Self::CampaignChangeProposed { title, reason, .. } => format!("a proposé un changement de la campagne « {title} » : {reason}"),
            Self::CampaignChangeAgreed { title, proposed_by, .. } => {
                format!("a accepté le changement de la campagne « {title} » proposé par {proposed_by}")
            }
            Self::CampaignChangeDeclined { title, answer, .. } => format!("a refusé un changement de la campagne « {title} » : {answer}"),
            Self::CampaignChangeWithdrawn { title, .. } => format!("a retiré sa proposition de changement de la campagne « {title} »"),
        }
    }
}
