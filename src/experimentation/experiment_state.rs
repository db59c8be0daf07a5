//! What a campaign allows on a given day.

use time::Date;

use super::Campaign;

/// How many hold a place and how many wait for one.
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
mod tests {
    use proptest::prelude::*;
    use time::{Duration, macros::date};

    use super::*;

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
