//! A dossier as the queue shows it.

use time::OffsetDateTime;

use super::{Due, Facts, Footing, Today};
use crate::{
    applications::{AssuranceLevel, Kind},
    calendar,
    criteria::Sector,
    ids::{AccountId, ApplicationId},
};

/// Who of the team answers for a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The account.
    pub account: AccountId,
    /// « Samir Benali ».
    pub name: String,
    /// Since when.
    pub since: OffsetDateTime,
}

/// A row of the queue.
#[derive(Clone, Debug)]
pub struct Row {
    /// D12.
    pub id: ApplicationId,
    /// Its kind.
    pub kind: Kind,
    /// The organisation, as known when the current version was handed in.
    pub organisation: String,
    /// Who files it in its name.
    pub vendor: Option<String>,
    /// The service.
    pub service_name: String,
    /// The sector of a candidature.
    pub sector: Option<Sector>,
    /// The level asked.
    pub level: AssuranceLevel,
    /// What decides whose turn it is.
    pub facts: Facts,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// The current version.
    pub version: i32,
    /// When it was first received.
    pub received_at: OffsetDateTime,
    /// The order of arrival of a candidature in its campaign.
    pub arrival_rank: Option<i32>,
    /// Where a complete candidature stands in its campaign.
    pub footing: Option<Footing>,
    /// The day silence decides, while a clock runs.
    pub silence_decides_on: Option<time::Date>,
    /// Checks of the current version, and how many of them found nothing to look at.
    pub checks: (i64, i64),
}

impl Row {
    /// The kind, as short as a column wants it.
    pub fn kind_in_short(&self) -> &'static str {
        match self.kind {
            Kind::Administration => "Administration",
            Kind::PrivateAddressChange => "Changement d’adresse",
            Kind::PrivateIdentityCheck => "Vérification d’identité",
            Kind::Experiment => "Candidature",
        }
    }

    /// What tells demandes of a kind apart: the sector, the vendor, or the text they rest on.
    pub fn particulars(&self) -> String {
        match (self.kind, self.sector, &self.vendor) {
            (_, Some(sector), _) => sector.label().into(),
            (_, None, Some(vendor)) => format!("éditeur\u{a0}: {vendor}"),
            (Kind::Administration, None, None) => "arrêté de 2018".into(),
            (_, None, None) => "cas permanent".into(),
        }
    }

    /// « En attente d’une place », or nothing.
    pub fn place(&self) -> Option<&'static str> {
        self.footing.and_then(Footing::label)
    }

    /// « 58 jours ».
    pub fn age(&self, now: OffsetDateTime) -> String {
        match calendar::days_between(self.received_at, now) {
            0 => "aujourd’hui".into(),
            1 => "1\u{a0}jour".into(),
            days => format!("{days}\u{a0}jours"),
        }
    }

    /// By when it should be answered.
    pub fn due(&self, today: Today) -> Due {
        Due::of((self.kind, self.facts.state), self.received_at, self.silence_decides_on, today)
    }

    /// « 7 sur 8 », or nothing for versions older than the checks.
    pub fn checked(&self) -> String {
        match self.checks {
            (0, _) => "–".into(),
            (all, passed) => format!("{passed} sur {all}"),
        }
    }

    /// Whether somebody may take it: it is in progress and nobody has.
    pub fn can_be_taken(&self) -> bool {
        self.owner.is_none() && self.facts.state.is_in_progress()
    }
}
