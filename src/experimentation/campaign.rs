//! A campaign, and what it allows on a given day.

use time::Date;

use super::Panel;
use crate::{config::SilenceEffect, criteria::Sector};

/// A campaign of experiment, as its order sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// What people call it: « Expérimentation 2027 ».
    pub title: String,
    /// The order that allows it.
    pub legal_basis: String,
    /// Where the order is published.
    pub legal_basis_url: String,
    /// First day on which a candidature may be handed in, Paris date.
    pub opens_on: Date,
    /// Last such day.
    pub closes_on: Date,
    /// Last day of the experiment: access to FranceConnect stops.
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// A text is empty.
    #[error("the title and the legal basis must be written")]
    Unnamed,
    /// The address is no public one.
    #[error("the addresses of the legal basis and of the documents must start with https://")]
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

/// How many hold a place and how many wait for one. Places are not given yet, so nobody does: [`Occupancy::default`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occupancy {
    /// Places held.
    pub taken: u32,
    /// Complete candidatures without a place.
    pub waiting: u32,
}

/// What the experiment is on a day, for whoever asks whether they may take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExperimentState {
    /// There is none.
    None,
    /// One is announced.
    NotYetOpen {
        /// The first day of candidatures.
        opens_on: Date,
    },
    /// Candidatures are received, and there are places.
    Open {
        /// Places nobody holds.
        free: u32,
        /// Places in all.
        capacity: u32,
        /// The last day of candidatures.
        closes_on: Date,
    },
    /// Candidatures are received, and every place is held.
    Full {
        /// How many wait for a place.
        waiting: u32,
        /// Places in all.
        capacity: u32,
        /// The last day of candidatures.
        closes_on: Date,
    },
    /// Candidatures are no longer received; those who take part go on.
    Closed {
        /// The last day of candidatures.
        closed_on: Date,
        /// The last day of the experiment.
        ends_on: Date,
    },
    /// It is over.
    Ended {
        /// Its last day.
        ended_on: Date,
    },
}

impl Campaign {
    /// What must hold for a campaign to be written down; the database holds it too.
    ///
    /// # Errors
    /// [`CampaignFault`], the first that applies.
    pub fn check(&self) -> Result<(), CampaignFault> {
        if self.title.trim().is_empty() || self.legal_basis.trim().is_empty() {
            return Err(CampaignFault::Unnamed);
        }
        let addresses = [&self.legal_basis_url, &self.specification.url, &self.terms.url];
        if addresses.iter().any(|address| !address.starts_with("https://")) {
            return Err(CampaignFault::NoAddress);
        }
        if [&self.specification.version, &self.terms.version].iter().any(|version| crate::text::line(version, 100).is_err()) {
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

    /// What it allows on that Paris date.
    pub fn state_on(&self, day: Date, occupancy: Occupancy) -> ExperimentState {
        let Self { opens_on, closes_on, ends_on, capacity, .. } = *self;
        if day < opens_on {
            ExperimentState::NotYetOpen { opens_on }
        } else if day > ends_on {
            ExperimentState::Ended { ended_on: ends_on }
        } else if day > closes_on {
            ExperimentState::Closed { closed_on: closes_on, ends_on }
        } else if occupancy.taken < capacity {
            ExperimentState::Open { free: capacity - occupancy.taken, capacity, closes_on }
        } else {
            ExperimentState::Full { waiting: occupancy.waiting, capacity, closes_on }
        }
    }
}

impl ExperimentState {
    /// The state on a day, whether there is a campaign or not.
    pub fn of(campaign: Option<&Campaign>, day: Date, occupancy: Occupancy) -> Self {
        campaign.map_or(Self::None, |campaign| campaign.state_on(day, occupancy))
    }

    /// Whether a candidature may be handed in: those of a full campaign wait for a place.
    pub fn receives(self) -> bool {
        matches!(self, Self::Open { .. } | Self::Full { .. })
    }

    /// In a word, for a badge.
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "Aucune",
            Self::NotYetOpen { .. } => "Annoncée",
            Self::Open { .. } => "Ouverte",
            Self::Full { .. } => "Complète",
            Self::Closed { .. } => "Fermée",
            Self::Ended { .. } => "Terminée",
        }
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
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::{Duration, macros::date};

    use super::*;

    type Break = fn(&mut Campaign);

    #[test]
    fn each_day_has_its_state() {
        let (opens_on, closes_on, ends_on) = (date!(2027 - 01 - 11), date!(2027 - 06 - 30), date!(2028 - 01 - 10));
        let open = |free| ExperimentState::Open { free, capacity: 100, closes_on };
        let full = |waiting| ExperimentState::Full { waiting, capacity: 100, closes_on };
        for (day, taken, waiting, state) in [
            (date!(2027 - 01 - 10), 0, 0, ExperimentState::NotYetOpen { opens_on }),
            (opens_on, 0, 0, open(100)),
            (opens_on, 99, 0, open(1)),
            (opens_on, 100, 0, full(0)),
            (closes_on, 100, 12, full(12)),
            (closes_on, 101, 12, full(12)),
            (date!(2027 - 07 - 01), 0, 0, ExperimentState::Closed { closed_on: closes_on, ends_on }),
            (ends_on, 100, 12, ExperimentState::Closed { closed_on: closes_on, ends_on }),
            (date!(2028 - 01 - 11), 100, 12, ExperimentState::Ended { ended_on: ends_on }),
        ] {
            assert_eq!(Campaign::example().state_on(day, Occupancy { taken, waiting }), state, "{day}");
        }
        assert_eq!(ExperimentState::of(None, opens_on, Occupancy::default()), ExperimentState::None);
    }

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
            (|it| it.panel.shares.get_mut(&Sector::Rental).unwrap().floor = 31, CampaignFault::Share),
            (|it| it.panel.shares.get_mut(&Sector::Rental).unwrap().ceiling = 0, CampaignFault::Share),
            (|it| it.capacity = 47, CampaignFault::FloorsAboveCapacity),
            (|it| it.panel.reserved_until = it.ends_on.next_day().unwrap(), CampaignFault::ReserveOutOfDates),
            (|it| it.panel.answer_within_days = 0, CampaignFault::AnswerWithin),
            (|it| it.silence_effect = None, CampaignFault::Silence),
        ];
        for (break_it, fault) in faults {
            let mut broken = Campaign::example();
            break_it(&mut broken);
            assert_eq!(broken.check(), Err(fault));
        }
    }

    proptest! {
        #[test]
        fn candidatures_are_received_from_opening_to_closing_and_on_no_other_day(offset in -400i64..800, taken in 0u32..200) {
            let day = date!(2027 - 01 - 11) + Duration::days(offset);
            let state = Campaign::example().state_on(day, Occupancy { taken, waiting: 0 });
            prop_assert_eq!(state.receives(), (Campaign::example().opens_on..=Campaign::example().closes_on).contains(&day));
            if let ExperimentState::Open { free, capacity, .. } = state {
                prop_assert_eq!(free + taken, capacity);
            }
        }
    }
}
