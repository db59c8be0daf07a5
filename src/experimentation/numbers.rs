//! The numbers of a campaign on a day, which every page reads and every « en attente » quotes.

use std::collections::BTreeMap;

use time::Date;

use super::{
    Occupancy,
    line::{Wait, why_full},
};
use crate::{calendar, criteria::Sector};

/// Who holds places and who waits, by sector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// Places in all.
    pub capacity: u32,
    /// Nothing is kept for a sector any more.
    pub is_released: bool,
    /// The day of that, Paris date.
    pub reserved_until: Date,
    /// By sector; each of the six.
    pub sectors: BTreeMap<Sector, SectorNumbers>,
}

/// The numbers of a sector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SectorNumbers {
    /// Places kept for it until the reserve is released.
    pub floor: u32,
    /// Places it may hold at most.
    pub ceiling: u32,
    /// Places reserved while a candidature is instructed.
    pub reserved: u32,
    /// Places granted.
    pub granted: u32,
    /// Complete candidatures without a place.
    pub waiting: u32,
}

impl SectorNumbers {
    /// Places held, reserved or granted.
    pub fn taken(self) -> u32 {
        self.reserved + self.granted
    }
}

impl Numbers {
    /// Places held.
    pub fn taken(&self) -> u32 {
        self.sectors.values().map(|sector| sector.taken()).sum()
    }

    /// Complete candidatures without a place.
    pub fn waiting(&self) -> u32 {
        self.sectors.values().map(|sector| sector.waiting).sum()
    }

    /// Both, as the state of the experiment is told with.
    pub fn occupancy(&self) -> Occupancy {
        Occupancy { taken: self.taken(), waiting: self.waiting() }
    }

    /// The numbers of a sector.
    pub fn of(&self, sector: Sector) -> SectorNumbers {
        self.sectors.get(&sector).copied().unwrap_or_default()
    }

    /// Places still kept for a sector, held by it or not.
    pub fn kept(&self, sector: Sector) -> u32 {
        if self.is_released { 0 } else { self.of(sector).floor }
    }

    /// Free places kept for nobody.
    pub fn unkept(&self) -> u32 {
        let bound: u32 = self.sectors.iter().map(|(sector, numbers)| self.kept(*sector).max(numbers.taken())).sum();
        self.capacity.saturating_sub(bound)
    }

    /// What keeps one more candidature of a sector from a place that day.
    pub fn why_full(&self, sector: Sector) -> Option<Wait> {
        let numbers = self.of(sector);
        why_full(self.capacity, self.taken(), (numbers.taken(), numbers.ceiling), self.kept(sector), self.unkept())
    }

    /// Why a candidature of a sector waits, with the numbers of the day.
    pub fn because(&self, wait: Wait, sector: Sector) -> String {
        let (numbers, free) = (self.of(sector), self.capacity.saturating_sub(self.taken()));
        match wait {
            Wait::Public => {
                "Le registre classe l’organisme parmi les administrations : les places de l’expérimentation sont pour les personnes de droit privé."
                    .into()
            }
            Wait::OneEach => {
                "L’organisme a déjà une place dans cette expérimentation, par une autre candidature : chaque personne morale en reçoit une au plus."
                    .into()
            }
            Wait::Full => match self.capacity {
                1 => "La seule place de l’expérimentation est prise.".into(),
                capacity => format!("Les {capacity} places de l’expérimentation sont prises."),
            },
            Wait::Ceiling => format!(
                "Ce secteur tient {} : c’est le plus qu’il puisse recevoir. Il reste {} pour les autres secteurs.",
                places(numbers.taken()),
                places(free)
            ),
            Wait::Kept => format!(
                "Il reste {}, {} pour d’autres secteurs jusqu’au {}.",
                places(free),
                if free == 1 { "gardée" } else { "gardées" },
                calendar::written(self.reserved_until)
            ),
        }
    }
}

/// « 1 place », « 12 places ».
pub fn places(count: u32) -> String {
    if count < 2 { format!("{count} place") } else { format!("{count} places") }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn numbers(taken: [u32; 2], is_released: bool) -> Numbers {
        let of = |reserved, floor| SectorNumbers { floor, ceiling: 4, reserved, granted: 0, waiting: 0 };
        Numbers {
            capacity: 10,
            is_released,
            reserved_until: date!(2027 - 04 - 30),
            sectors: [(Sector::Health, of(taken[0], 2)), (Sector::Rental, of(taken[1], 3))].into(),
        }
    }

    #[test]
    fn each_reason_to_wait_is_said_with_the_numbers_of_the_day() {
        let said =
            |numbers: &Numbers| numbers.why_full(Sector::Health).map(|wait| numbers.because(wait, Sector::Health).replace('\u{a0}', " "));
        assert_eq!(said(&numbers([1, 0], false)), None);
        assert_eq!(
            said(&numbers([4, 1], false)).expect("it is full"),
            "Ce secteur tient 4 places : c’est le plus qu’il puisse recevoir. Il reste 5 places pour les autres secteurs."
        );
        let small = Numbers { capacity: 6, ..numbers([3, 1], false) };
        assert_eq!(said(&small).expect("it is full"), "Il reste 2 places, gardées pour d’autres secteurs jusqu’au 30 avril 2027.");
        let full = Numbers { capacity: 4, ..numbers([2, 2], true) };
        assert_eq!(said(&full).expect("it is full"), "Les 4 places de l’expérimentation sont prises.");
    }
}
