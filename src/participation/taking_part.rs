//! The participation of a legal person in the experiment, as facts and the campaign make it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    Month, Sent,
    checks::{Before, Comparing},
    due::{self, Awaited, Standing},
};
use crate::{
    applications::Baseline,
    authorizations::State,
    ids::{AccountId, ApplicationId, AuthorizationId, OrganisationId},
    notifications::AboutApplication,
};

/// Why a participation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum Cause {
    /// Its year, or its campaign, was over.
    Term,
    /// The right was revoked.
    Revocation,
    /// The participant gave its place back.
    Renunciation,
}

/// How a participation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The last day on which it held.
    pub on: Date,
    /// Why.
    pub cause: Cause,
}

/// A participation: it begins on the day access opened, and lasts until the day the campaign says, or the day its right is revoked. Suspending the
/// right does not interrupt it.
#[derive(Clone, Debug)]
pub struct Participation {
    /// The candidature.
    pub application: ApplicationId,
    /// The version in force.
    pub version: i32,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// The right in force, or the last one.
    pub authorization: AuthorizationId,
    /// Whether that right may be used.
    pub state: State,
    /// The holder, as it was known when the right was granted.
    pub holder: String,
    /// The service.
    pub service: String,
    /// Who files for it.
    pub applicant: AccountId,
    /// The day access opened.
    pub began_on: Date,
    /// The last day, as the campaign has it today.
    pub ends_on: Date,
    /// How it ended, once it has.
    pub ended: Option<Ended>,
    /// An ordinary month before FranceConnect.
    pub baseline: Baseline,
}

/// The reports of a participation: each month, first to last correction.
pub type Reports = BTreeMap<Month, Vec<Sent>>;

impl Participation {
    /// Its last day, past or to come.
    pub fn last_day(&self) -> Date {
        self.ended.map_or(self.ends_on, |ended| ended.on)
    }

    /// The months it reports on, in their order.
    pub fn months(&self) -> impl Iterator<Item = Month> + use<> {
        due::months(self.began_on, self.last_day())
    }

    /// The place of a month among them, from 1; none when it is not one of them.
    pub fn place_of(&self, month: Month) -> Option<usize> {
        self.months().position(|other| other == month).map(|at| at + 1)
    }

    /// Whether it ended with its right: no more reports are asked of its participant.
    pub fn is_revoked(&self) -> bool {
        self.ended.is_some_and(|ended| ended.cause == Cause::Revocation)
    }

    /// Where the report of a month stands that day.
    pub fn standing(&self, month: Month, today: Date, sent: usize) -> Standing {
        if sent == 0 && self.is_revoked() {
            return Standing::Waived;
        }
        Standing::of(month, self.last_day(), today, sent)
    }

    /// The months whose report should be sent that day, the oldest first.
    pub fn awaited(&self, reports: &Reports, today: Date) -> Vec<(Month, Awaited)> {
        let awaited = |month| match self.standing(month, today, reports.get(&month).map_or(0, Vec::len)) {
            Standing::Awaited(awaited) => Some((month, awaited)),
            _ => None,
        };
        self.months().filter_map(awaited).collect()
    }

    /// What the report of a month is compared with.
    pub fn comparing(&self, month: Month, reports: &Reports) -> Comparing<'_> {
        let is_whole = |month| due::is_whole(month, self.began_on, self.last_day());
        let before = month.previous();
        let sent = reports.get(&before).and_then(|sent| sent.last());
        let before = sent.map(|sent| Before { month: before, figures: sent.report.figures, is_whole: is_whole(before) && is_whole(month) });
        Comparing { before, baseline: &self.baseline, is_whole: is_whole(month) }
    }

    /// In a word, for a badge.
    pub fn label(&self) -> &'static str {
        match (self.ended, self.state) {
            (Some(_), _) => "Participation terminée",
            (None, State::Suspended) => "Participation en cours, habilitation suspendue",
            (None, _) => "Participation en cours",
        }
    }

    /// The tone of that badge.
    pub fn tone(&self) -> &'static str {
        match (self.ended, self.state) {
            (Some(_), _) => "",
            (None, State::Suspended) => "warning",
            (None, _) => "success",
        }
    }

    /// As letters name its demande.
    pub fn about(&self) -> AboutApplication {
        AboutApplication {
            application: self.application,
            service: self.service.clone(),
            organisation: self.holder.clone(),
            version: self.version,
        }
    }
}

#[cfg(test)]
impl Participation {
    /// From 15 January 2027, for a year.
    pub(super) fn example() -> Self {
        use jiff::civil::date;
        Self {
            application: ApplicationId(1042),
            version: 1,
            organisation: OrganisationId(1),
            authorization: AuthorizationId(12),
            state: State::Active,
            holder: "Les Ateliers".into(),
            service: "Espace des adhérents".into(),
            applicant: AccountId(1),
            began_on: date(2027, 1, 15),
            ends_on: date(2028, 1, 15),
            ended: None,
            baseline: Baseline { monthly_connections: 15_900, monthly_accounts: 812, monthly_traffic: 40_000, method: "Matomo.".into() },
        }
    }
}
