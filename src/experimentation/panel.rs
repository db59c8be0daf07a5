//! What makes the panel representative: what each sector is sure to have, and what it may have at most. The order names two things only, the
//! order of arrival and the activity concerned: size and region are shown, never counted against anybody.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::Date;

use super::campaign::kept_day;
use crate::criteria::Sector;

/// How a campaign shares its places, and what follows a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// First day on which no place is kept for a sector any more, Paris date.
    #[serde(with = "kept_day")]
    pub reserved_until: Date,
    /// What each of the six sectors has.
    pub shares: Shares,
    /// Days a participant has to confirm an approved place before it goes on to the next.
    pub answer_within_days: u16,
    /// When a participation ends.
    pub participation_ends: ParticipationEnd,
}

/// The share of each sector.
pub type Shares = BTreeMap<Sector, Share>;

/// What a sector has of the places of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Places kept for it until the reserve is released.
    pub floor: u32,
    /// Places it may hold at most; above the capacity of the campaign it forbids nothing.
    pub ceiling: u32,
}

/// Until when a participation lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ParticipationEnd {
    /// The same day next year, or the end of the campaign if that comes first.
    Anniversary,
    /// The end of the campaign, whenever it began.
    Campaign,
}

impl Panel {
    /// The same share for each sector.
    pub fn even(share: Share, reserved_until: Date) -> Self {
        Self {
            reserved_until,
            shares: Sector::ALL.iter().map(|sector| (*sector, share)).collect(),
            answer_within_days: 15,
            participation_ends: ParticipationEnd::Anniversary,
        }
    }

    /// Places kept for sectors in all.
    pub fn kept(&self) -> u32 {
        self.shares.values().map(|share| share.floor).sum()
    }
}
