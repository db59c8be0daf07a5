//! The places of a campaign as they are drawn and counted: sector by sector, then those open to all.

use super::{Campaign, Held, HeldInSector, Share};
use crate::criteria::Sector;

/// Places drawn side by side.
const A_LINE: usize = 30;

/// Beyond that many places a drawing says no more than the table beside it.
const MOST_DRAWN: u32 = 300;

/// A place, as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: usize,
    /// What it is.
    pub what: SeatState,
}

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatState {
    /// Given by a signed approval.
    Granted,
    /// Of a candidature that is being examined.
    Reserved,
    /// Kept for the sector.
    Kept,
    /// Open to all.
    Open,
}

impl SeatState {
    /// All, as a legend tells them.
    pub const ALL: [Self; 4] = [Self::Granted, Self::Reserved, Self::Kept, Self::Open];

    /// In a word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Granted => "accordée",
            Self::Reserved => "réservée",
            Self::Kept => "gardée pour le secteur",
            Self::Open => "libre",
        }
    }

    /// The class of its shape.
    pub fn class(self) -> &'static str {
        match self {
            Self::Granted => "hab-number--granted",
            Self::Reserved => "hab-number--held",
            Self::Kept => "hab-number--kept",
            Self::Open => "hab-number--open",
        }
    }
}

/// The places of a sector.
#[derive(Clone, Debug)]
pub struct SeatLine {
    /// Which.
    pub sector: Sector,
    /// Its floor and its ceiling.
    pub share: Share,
    /// Who holds some, who waits.
    pub held: HeldInSector,
    /// Places nobody holds that it keeps; none once the reserve is released.
    pub kept: u32,
}

/// The places of a campaign on a day.
#[derive(Clone, Debug)]
pub struct Seats {
    /// Sector by sector, in the order of the text.
    pub lines: Vec<SeatLine>,
    /// Places in all.
    pub capacity: u32,
    /// Places that whoever comes first may have, within the ceiling of their sector.
    pub open: u32,
}

impl Seats {
    /// The places of a campaign, kept for sectors or not any more.
    pub fn of(campaign: &Campaign, held: &Held, is_released: bool) -> Self {
        let line = |sector: &Sector| SeatLine {
            sector: *sector,
            share: campaign.share(*sector),
            held: held.of(*sector),
            kept: if is_released { 0 } else { held.kept(campaign, *sector) },
        };
        let lines: Vec<SeatLine> = Sector::ALL.iter().map(line).collect();
        let spoken_for: u32 = lines.iter().map(|line| line.held.taken() + line.kept).sum();
        Self { lines, capacity: campaign.capacity, open: campaign.capacity.saturating_sub(spoken_for) }
    }

    /// Places that somebody holds.
    pub fn taken(&self) -> u32 {
        self.lines.iter().map(|line| line.held.taken()).sum()
    }

    /// Given by a signed approval.
    pub fn granted(&self) -> u32 {
        self.lines.iter().map(|line| line.held.granted).sum()
    }

    /// Of candidatures that are being examined.
    pub fn reserved(&self) -> u32 {
        self.lines.iter().map(|line| line.held.reserved).sum()
    }

    /// Kept for sectors.
    pub fn kept(&self) -> u32 {
        self.lines.iter().map(|line| line.kept).sum()
    }

    /// Complete candidatures without a place.
    pub fn waiting(&self) -> u32 {
        self.lines.iter().map(|line| line.held.waiting).sum()
    }

    /// « 56 accordées, 17 réservées ».
    pub fn words(&self) -> String {
        let plural = |count: u32| if count > 1 { "s" } else { "" };
        let (granted, reserved) = (self.granted(), self.reserved());
        format!("{granted} accordée{}, {reserved} réservée{}", plural(granted), plural(reserved))
    }

    /// Whether they are few enough to be drawn one by one.
    pub fn are_drawn(&self) -> bool {
        self.capacity <= MOST_DRAWN
    }

    /// Those open to all, as they are drawn.
    pub fn open_seats(&self) -> Vec<Seat> {
        drawn(std::iter::repeat_n(SeatState::Open, size(self.open)))
    }

    /// The height of their drawing.
    pub fn open_height(&self) -> usize {
        height(size(self.open))
    }
}

impl SeatLine {
    /// As they are drawn.
    pub fn seats(&self) -> Vec<Seat> {
        let of = |what, count: u32| std::iter::repeat_n(what, size(count));
        drawn(
            of(SeatState::Granted, self.held.granted)
                .chain(of(SeatState::Reserved, self.held.reserved))
                .chain(of(SeatState::Kept, self.kept)),
        )
    }

    /// The height of the drawing.
    pub fn height(&self) -> usize {
        height(size(self.held.taken() + self.kept))
    }

    /// What the drawing shows, in words.
    pub fn words(&self) -> String {
        let count = |number: u32, one: &str, many: &str| match number {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{number} {many}")),
        };
        let told: Vec<String> = [
            count(self.held.granted, "place accordée", "places accordées"),
            count(self.held.reserved, "réservée", "réservées"),
            count(self.kept, "gardée", "gardées"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let told = if told.is_empty() { "aucune place prise ni gardée".into() } else { told.join(", ") };
        format!("{}\u{a0}: {told}", self.sector.label())
    }

    /// Where the sector stands: « plafond atteint ».
    pub fn state(&self) -> &'static str {
        let taken = self.held.taken();
        if taken >= self.share.ceiling {
            "plafond atteint"
        } else if taken < self.share.floor {
            "sous le plancher"
        } else if self.share.floor > 0 {
            "plancher atteint"
        } else {
            "ouvert"
        }
    }
}

fn size(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn drawn(seats: impl Iterator<Item = SeatState>) -> Vec<Seat> {
    seats.enumerate().map(|(at, what)| Seat { x: 3 + 23 * (at % A_LINE), y: 6 + 26 * (at / A_LINE), what }).collect()
}

fn height(seats: usize) -> usize {
    30 + 26 * (seats.max(1) - 1).div_euclid(A_LINE)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn held(granted: u32, reserved: u32, waiting: u32) -> Held {
        Held(BTreeMap::from([(Sector::Health, HeldInSector { granted, reserved, waiting })]))
    }

    #[test]
    fn the_places_are_told_in_words_as_they_are_drawn() {
        let seats = Seats::of(&Campaign::example(), &held(3, 1, 0), false);
        assert_eq!((seats.taken(), seats.kept(), seats.open), (4, 44, 52));
        assert_eq!(seats.lines[0].words(), "Santé, social et médico-social\u{a0}: 3 places accordées, 1 réservée, 4 gardées");
        let states: Vec<SeatState> = seats.lines[0].seats().iter().map(|seat| seat.what).collect();
        assert_eq!(states.iter().filter(|state| **state == SeatState::Kept).count(), 4);
        assert_eq!(Seats::of(&Campaign::example(), &held(3, 1, 0), true).open, 96, "released");
        assert_eq!(seats.lines[1].state(), "sous le plancher");
    }

    proptest! {
        #[test]
        fn exactly_the_places_of_the_campaign_are_drawn(granted in 0u32..20, reserved in 0u32..10, waiting in 0u32..9, is_released: bool) {
            let seats = Seats::of(&Campaign::example(), &held(granted, reserved, waiting), is_released);
            let drawn = seats.lines.iter().map(|line| line.seats().len()).sum::<usize>() + seats.open_seats().len();
            prop_assert_eq!(drawn, 100);
            for line in &seats.lines {
                prop_assert!(line.seats().iter().all(|seat| seat.y + 18 <= line.height() && seat.x + 18 <= 708));
            }
        }
    }
}
