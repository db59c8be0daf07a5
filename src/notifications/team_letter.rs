//! The letters that come from the team's own work: the news of a day, a demande prepared for somebody.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{campaign_news::CampaignNews, digest::DigestLine};
use crate::ids::CampaignChangeId;

/// A letter of the team's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "letter", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum TeamLetter {
    /// To a member of the team who chose it: the news of a day.
    DailyDigest {
        /// « 3 décembre 2026 ».
        day: String,
        /// What happened since the last one.
        lines: Vec<DigestLine>,
    },
    /// To whom the team prepared a demande for: take it.
    DemandePrepared {
        /// « Commune de Clamart ».
        organisation: String,
        /// What it starts as.
        kind: String,
        /// Who prepared it.
        prepared_by: String,
        /// What they write, possibly nothing.
        message: String,
        /// Its number, which opens for its recipient alone.
        prepared: Uuid,
        /// Until when it can be taken.
        #[serde(with = "time::serde::rfc3339")]
        expires_at: OffsetDateTime,
    },
    /// To those who answer for campaigns: what becomes of a change of one.
    CampaignChange {
        /// What people call the campaign.
        title: String,
        /// What happened.
        news: CampaignNews,
        /// Who proposed it.
        proposed_by: String,
        /// Who agreed or declined; nothing while it waits.
        settled_by: String,
        /// Why it was proposed.
        reasons: String,
        /// Why it was declined, or nothing.
        message: String,
        /// What differs, a line each.
        changes: Vec<String>,
        /// Its number.
        change: CampaignChangeId,
    },
}

impl TeamLetter {
    /// The name of the kind, as stored and counted.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::DailyDigest { .. } => "daily_digest",
            Self::DemandePrepared { .. } => "demande_prepared",
            Self::CampaignChange { news, .. } => news.kind(),
        }
    }

    /// What people call it, in the journal and in lists.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::DailyDigest { .. } => "résumé du jour",
            Self::DemandePrepared { .. } => "demande préparée par l’équipe",
            Self::CampaignChange { news, .. } => news.title(),
        }
    }

    /// The heading of the letter.
    pub(super) fn heading(&self) -> &'static str {
        match self {
            Self::DailyDigest { .. } => "Votre résumé du jour",
            Self::DemandePrepared { .. } => "Une demande est préparée pour vous",
            Self::CampaignChange { news, .. } => news.heading(),
        }
    }

    /// The subject.
    pub(super) fn subject(&self) -> String {
        match self {
            Self::DailyDigest { day, lines } if lines.len() == 1 => format!("Résumé du {day}\u{a0}: une nouvelle"),
            Self::DailyDigest { day, lines } => format!("Résumé du {day}\u{a0}: {} nouvelles", lines.len()),
            Self::DemandePrepared { organisation, .. } => format!("Une demande est préparée pour vous\u{a0}: {organisation}"),
            Self::CampaignChange { title, news, .. } => format!("Campagne «\u{a0}{title}\u{a0}»\u{a0}: {}", news.subject()),
        }
    }
}

impl From<TeamLetter> for super::Letter {
    fn from(letter: TeamLetter) -> Self {
        Self::OfTeam(letter)
    }
}
