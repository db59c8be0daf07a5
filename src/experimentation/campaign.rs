//! A campaign, as its order sets it, and what must hold for it to be.

use serde::{Deserialize, Serialize};
use time::Date;

use super::Panel;
use crate::{config::SilenceEffect, criteria::Sector, text};

// Days as the history of a campaign keeps them: 2027-01-11.
time::serde::format_description!(pub(super) kept_day, Date, "[year]-[month]-[day]");

/// A campaign of experiment, as its order sets it.
#[cfg_attr(test, expect(clippy::unsafe_derive_deserialize, reason = "the example is made of dates, whose macro holds some"))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// What people call it: « Expérimentation 2027 ».
    pub title: String,
    /// The order that allows it.
    pub legal_basis: String,
    /// Where the order is published.
    pub legal_basis_url: String,
    /// First day on which a candidature may be handed in, Paris date.
    #[serde(with = "kept_day")]
    pub opens_on: Date,
    /// Last such day.
    #[serde(with = "kept_day")]
    pub closes_on: Date,
    /// Last day of the experiment: access to FranceConnect stops.
    #[serde(with = "kept_day")]
    pub ends_on: Date,
    /// Legal persons at most.
    pub capacity: u32,
    /// What silence means for a candidature; not said by a campaign written down before the question was asked: it receives none.
    pub silence_effect: Option<SilenceEffect>,
    /// How the places are shared between sectors, and what follows a place.
    pub panel: Panel,
    /// The « cahier des charges » a candidate commits to (S2), as it stands today.
    pub specification: Document,
    /// The CGU of service providers a candidate commits to (S3), as they stand today.
    pub terms: Document,
}

/// A document candidates commit to. Another version makes them read and tick again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// « version 4.0 du 12 mai 2021 ».
    pub version: String,
    /// Where it is read, https.
    pub url: String,
}

impl Document {
    /// The « cahier des charges » as the partners' site publishes it, without a number.
    pub fn published_specification() -> Self {
        Self {
            version: "version publiée sur le site partenaire".into(),
            url: "https://partenaires.franceconnect.gouv.fr/fcp/fournisseur-service".into(),
        }
    }

    /// The CGU of service providers in force since 12 May 2021.
    pub fn published_terms() -> Self {
        Self { version: "version 4.0 du 12 mai 2021".into(), url: "https://partenaires.franceconnect.gouv.fr/cgu".into() }
    }
}

/// Why a campaign cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CampaignFault {
    /// A text is empty, or is no line that a page can hold.
    #[error("the title and the legal basis must be written, each on one line, of 200 and 300 characters at most")]
    Unnamed,
    /// The address is no public one.
    #[error("the addresses of the legal basis and of the documents must start with https:// and be one line of 500 characters at most")]
    NoAddress,
    /// A document has no version to be told apart by.
    #[error("each document must have a version, one line of 100 characters at most")]
    NoVersion,
    /// Dates out of order.
    #[error("the dates must follow one another: opening, closing, end")]
    DatesOutOfOrder,
    /// No place, or more than any order would open.
    #[error("the capacity must lie between 1 and 10000")]
    Capacity,
    /// A sector has no share, or one whose floor is above its ceiling.
    #[error("each of the six sectors must have a floor, and a ceiling at least as high, of 1 place at least")]
    Share,
    /// More is kept than there is.
    #[error("the floors of the sectors must fit in the capacity together")]
    FloorsAboveCapacity,
    /// The reserve is released when there is nothing to release.
    #[error("the reserve must be released between the opening and the end")]
    ReserveOutOfDates,
    /// No time to answer, or a whole season.
    #[error("a participant must have between 1 and 90 days to confirm a place")]
    AnswerWithin,
    /// Nobody says what silence means.
    #[error("the campaign must say what silence means: acceptance or rejection")]
    Silence,
}

impl Campaign {
    /// What must hold for a campaign to be written down; the database holds it too.
    ///
    /// # Errors
    /// [`CampaignFault`], the first that applies.
    pub fn check(&self) -> Result<(), CampaignFault> {
        if text::line(&self.title, 200).is_err() || text::line(&self.legal_basis, 300).is_err() {
            return Err(CampaignFault::Unnamed);
        }
        let addresses = [&self.legal_basis_url, &self.specification.url, &self.terms.url];
        if addresses.iter().any(|address| !address.starts_with("https://") || text::line(address, 500).is_err()) {
            return Err(CampaignFault::NoAddress);
        }
        if [&self.specification.version, &self.terms.version].iter().any(|version| text::line(version, 100).is_err()) {
            return Err(CampaignFault::NoVersion);
        }
        if self.opens_on > self.closes_on || self.closes_on > self.ends_on {
            return Err(CampaignFault::DatesOutOfOrder);
        }
        if !(1..=10_000).contains(&self.capacity) {
            return Err(CampaignFault::Capacity);
        }
        self.check_panel()?;
        if self.silence_effect.is_none() {
            return Err(CampaignFault::Silence);
        }
        Ok(())
    }

    fn check_panel(&self) -> Result<(), CampaignFault> {
        let panel = &self.panel;
        let stands =
            |sector| panel.shares.get(sector).is_some_and(|share| share.floor <= share.ceiling && (1..=10_000).contains(&share.ceiling));
        if !Sector::ALL.iter().all(stands) {
            return Err(CampaignFault::Share);
        }
        if panel.kept() > self.capacity {
            return Err(CampaignFault::FloorsAboveCapacity);
        }
        if !(self.opens_on..=self.ends_on).contains(&panel.reserved_until) {
            return Err(CampaignFault::ReserveOutOfDates);
        }
        if !(1..=90).contains(&panel.answer_within_days) {
            return Err(CampaignFault::AnswerWithin);
        }
        Ok(())
    }
}

#[cfg(test)]
impl Campaign {
    /// A campaign of 2027, for the tests of what is made of one.
    pub(crate) fn example() -> Self {
        use time::macros::date;
        Self {
            title: "Expérimentation 2027".into(),
            legal_basis: "Arrêté du 4 janvier 2027".into(),
            legal_basis_url: "https://www.legifrance.gouv.fr/".into(),
            opens_on: date!(2027 - 01 - 11),
            closes_on: date!(2027 - 06 - 30),
            ends_on: date!(2028 - 01 - 10),
            capacity: 100,
            silence_effect: Some(SilenceEffect::Rejection),
            panel: Panel::even(super::Share { floor: 8, ceiling: 30 }, date!(2027 - 04 - 30)),
            specification: Document::published_specification(),
            terms: Document::published_terms(),
        }
    }

    /// The same, nothing being kept for a sector.
    pub(crate) fn with_no_floor() -> Self {
        let usual = Self::example();
        let panel =
            Panel { reserved_until: usual.panel.reserved_until, ..Panel::even(super::Share { floor: 0, ceiling: 30 }, usual.opens_on) };
        Self { panel, ..usual }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    type Break = fn(&mut Campaign);

    #[test]
    fn a_campaign_that_cannot_be_says_why() {
        assert_eq!(Campaign::example().check(), Ok(()));
        let faults: [(Break, CampaignFault); 17] = [
            (|it| it.title = "  ".into(), CampaignFault::Unnamed),
            (|it| it.legal_basis.clear(), CampaignFault::Unnamed),
            (|it| it.legal_basis_url = "http://legifrance.gouv.fr".into(), CampaignFault::NoAddress),
            (|it| it.terms.url = "http://cgu.test".into(), CampaignFault::NoAddress),
            (|it| it.specification.version = " ".into(), CampaignFault::NoVersion),
            (|it| it.terms.version = "a\nb".into(), CampaignFault::NoVersion),
            (|it| it.closes_on = date!(2027 - 01 - 10), CampaignFault::DatesOutOfOrder),
            (|it| it.ends_on = date!(2027 - 06 - 29), CampaignFault::DatesOutOfOrder),
            (|it| it.capacity = 0, CampaignFault::Capacity),
            (|it| it.capacity = 10_001, CampaignFault::Capacity),
            (|it| it.panel.shares.retain(|sector, _| *sector != Sector::Health), CampaignFault::Share),
            (|it| it.panel.shares.get_mut(&Sector::Rental).expect("each has one").floor = 31, CampaignFault::Share),
            (|it| it.panel.shares.get_mut(&Sector::Rental).expect("each has one").ceiling = 0, CampaignFault::Share),
            (|it| it.capacity = 47, CampaignFault::FloorsAboveCapacity),
            (|it| it.panel.reserved_until = it.ends_on.next_day().expect("each has one"), CampaignFault::ReserveOutOfDates),
            (|it| it.panel.answer_within_days = 0, CampaignFault::AnswerWithin),
            (|it| it.silence_effect = None, CampaignFault::Silence),
        ];
        for (break_it, fault) in faults {
            let mut broken = Campaign::example();
            break_it(&mut broken);
            assert_eq!(broken.check(), Err(fault));
        }
    }
}
