//! What becomes of the campaigns of experiment.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{CampaignChangeId, ExcerptId},
    text,
};

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
    /// A passage of a report was chosen for the assessment.
    ExcerptChosen {
        /// What people call the campaign.
        title: String,
        /// Its number.
        excerpt: ExcerptId,
        /// The passage, shortened.
        words: String,
    },
    /// A passage was taken out of the assessment in the making.
    ExcerptRemoved {
        /// What people call the campaign.
        title: String,
        /// Its number.
        excerpt: ExcerptId,
    },
    /// The assessment of the campaign was published, or another edition of it.
    AssessmentPublished {
        /// What people call the campaign.
        title: String,
        /// From 1.
        edition: i32,
        /// Why another edition; nothing for the first.
        reason: String,
    },
}

impl CampaignFact {
    /// The end of the sentence that starts with who acted.
    pub fn sentence(&self) -> String {
        match self {
            Self::CampaignChangeProposed { title, reason, .. } => {
                format!("a proposé un changement de la campagne «\u{a0}{title}\u{a0}»\u{a0}: {reason}")
            }
            Self::CampaignChangeAgreed { title, proposed_by, .. } => {
                format!("a accepté le changement de la campagne «\u{a0}{title}\u{a0}» proposé par {proposed_by}")
            }
            Self::CampaignChangeDeclined { title, answer, .. } => {
                format!("a refusé un changement de la campagne «\u{a0}{title}\u{a0}»\u{a0}: {answer}")
            }
            Self::CampaignChangeWithdrawn { title, .. } => {
                format!("a retiré sa proposition de changement de la campagne «\u{a0}{title}\u{a0}»")
            }
            Self::ExcerptChosen { title, words, .. } => {
                format!("a choisi un extrait pour le bilan de «\u{a0}{title}\u{a0}»\u{a0}: {}", text::made_a_line(words, 200))
            }
            Self::ExcerptRemoved { title, excerpt } => format!("a retiré l’extrait n°\u{a0}{excerpt} du bilan de «\u{a0}{title}\u{a0}»"),
            Self::AssessmentPublished { title, edition: 1, .. } => format!("a publié le bilan de «\u{a0}{title}\u{a0}»"),
            Self::AssessmentPublished { title, edition, reason } => {
                format!("a publié l’édition {edition} du bilan de «\u{a0}{title}\u{a0}»\u{a0}: {}", text::made_a_line(reason, 300))
            }
        }
    }
}
