//! What a letter says about a change of a campaign.

use serde::{Deserialize, Serialize};

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignNews {
    /// It waits for a second person.
    Proposed,
    /// It holds.
    Agreed,
    /// It will not be.
    Declined,
}

impl CampaignNews {
    /// The name of the kind of letter, as stored and counted.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Proposed => "campaign_change_proposed",
            Self::Agreed => "campaign_change_agreed",
            Self::Declined => "campaign_change_declined",
        }
    }

    /// What people call it, in the journal and in lists.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Proposed => "changement de campagne proposé",
            Self::Agreed => "changement de campagne accepté",
            Self::Declined => "changement de campagne refusé",
        }
    }

    /// The heading of the letter.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Proposed => "Une proposition attend un second accord",
            Self::Agreed => "La proposition est acceptée et appliquée",
            Self::Declined => "La proposition est refusée",
        }
    }

    /// The end of the subject, after the name of the campaign.
    pub(super) fn subject(self) -> &'static str {
        match self {
            Self::Proposed => "une proposition attend un second accord",
            Self::Agreed => "la proposition est acceptée et appliquée",
            Self::Declined => "la proposition est refusée, rien ne change",
        }
    }
}
