//! The numbers of a campaign on a day, which every page reads and every « en attente » quotes.

use time::Date;

use super::{
    Held, Share, Shares,
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
    /// The share of each of the six sectors.
    pub shares: Shares,
    /// Who holds places and who waits.
    pub held: Held,
}

impl Numbers {
    /// The share of a sector.
    pub fn share(&self, sector: Sector) -> Share {
        self.shares.get(&sector).copied().unwrap_or(Share { floor: 0, ceiling: self.capacity })
    }

    /// Places still kept for a sector, held by it or not.
    pub fn kept(&self, sector: Sector) -> u32 {
        if self.is_released { 0 } else { self.share(sector).floor }
    }

    /// Free places kept for nobody.
    pub fn unkept(&self) -> u32 {
        let bound: u32 = Sector::ALL.iter().map(|sector| self.kept(*sector).max(self.held.of(*sector).taken())).sum();
        self.capacity.saturating_sub(bound)
    }

    /// What keeps one more candidature of a sector from a place that day.
    pub fn why_full(&self, sector: Sector) -> Option<Wait> {
        let of_sector = (self.held.of(sector).taken(), self.share(sector).ceiling);
        why_full(self.capacity, self.held.taken(), of_sector, self.kept(sector), self.unkept())
    }

    /// Why a candidature of a sector waits, with the numbers of the day.
    pub fn because(&self, wait: Wait, sector: Sector) -> String {
        let free = self.capacity.saturating_sub(self.held.taken());
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
                places(self.held.of(sector).taken()),
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
    use crate::experimentation::HeldInSector;

    fn numbers(taken: [u32; 2], is_released: bool) -> Numbers {
        let share = |floor| Share { floor, ceiling: 4 };
        let held = |reserved| HeldInSector { reserved, ..HeldInSector::default() };
        Numbers {
            capacity: 10,
            is_released,
            reserved_until: date!(2027 - 04 - 30),
            shares: [(Sector::Health, share(2)), (Sector::Rental, share(3))].into(),
            held: Held([(Sector::Health, held(taken[0])), (Sector::Rental, held(taken[1]))].into()),
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
