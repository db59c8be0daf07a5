//! What the next decision on a candidature would do to the places, told before anybody decides.

use super::{Numbers, numbers::places, ordinal};
use crate::{criteria::Sector, ids::ApplicationId};

/// A candidature that waits for a place, where it stands in the line of its sector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InLine {
    /// Which.
    pub application: ApplicationId,
    /// As the register names its organisation today.
    pub organisation: String,
    /// Of the service.
    pub sector: Sector,
    /// From 1 on.
    pub position: u32,
}

impl InLine {
    /// « 1re de la file du secteur « Santé, social et médico-social » ».
    pub fn stands(&self) -> String {
        format!("{} dans la file du secteur «\u{a0}{}\u{a0}»", ordinal(self.position), self.sector.label())
    }
}

/// A candidature whose place is reserved, and what a decision would do, by the line of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// Which.
    pub application: ApplicationId,
    /// The number of its place.
    pub place: i32,
    /// Of the service.
    pub sector: Sector,
    /// Who would be seated if it left, in turn.
    pub next: Vec<InLine>,
    /// The numbers of the campaign.
    pub numbers: Numbers,
}

impl Prospect {
    /// What an approval would do.
    pub fn if_approved(&self) -> String {
        let granted = self.numbers.held.whole().granted + 1;
        let free = self.numbers.capacity.saturating_sub(self.numbers.held.taken());
        let free = match free {
            0 => "aucune n’est libre".to_owned(),
            1 => "1 reste libre".to_owned(),
            free => format!("{free} restent libres"),
        };
        format!("la place {} lui est accordée. {} sur {}, {free}.", self.place, granted_in_all(granted), self.numbers.capacity)
    }

    /// Where the place goes when nobody who waits may have it.
    pub fn if_nobody_waits(&self) -> String {
        let taken = self.numbers.held.of(self.sector).taken().saturating_sub(1);
        let for_whom = if taken < self.numbers.kept(self.sector) {
            format!("gardée pour le secteur «\u{a0}{}\u{a0}»", self.sector.label())
        } else {
            "ouverte à tous les secteurs".into()
        };
        let free = self.numbers.capacity.saturating_sub(self.numbers.held.taken()) + 1;
        format!(
            "sa place redevient libre, {for_whom}\u{a0}: aucune candidature en attente ne peut la recevoir. {} en tout.",
            free_in_all(free)
        )
    }
}

fn granted_in_all(count: u32) -> String {
    if count > 1 { format!("{} sont alors accordées", places(count)) } else { format!("{} est alors accordée", places(count)) }
}

fn free_in_all(count: u32) -> String {
    if count > 1 { format!("{} sont alors libres", places(count)) } else { format!("{} est alors libre", places(count)) }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::experimentation::{Held, HeldInSector, Share};

    fn prospect(taken: u32, floor: u32, is_released: bool) -> Prospect {
        let held = HeldInSector { granted: taken - 1, reserved: 1, waiting: 0 };
        let numbers = Numbers {
            capacity: 10,
            is_released,
            reserved_until: date!(2027 - 04 - 30),
            shares: [(Sector::Rental, Share { floor, ceiling: 10 })].into(),
            held: Held([(Sector::Rental, held)].into()),
        };
        Prospect { application: ApplicationId(7), place: 4, sector: Sector::Rental, next: Vec::new(), numbers }
    }

    fn said(words: &str) -> String {
        words.replace('\u{a0}', " ")
    }

    #[test]
    fn an_approval_is_told_with_the_numbers_it_leaves() {
        for (taken, told) in [
            (1, "la place 4 lui est accordée. 1 place est alors accordée sur 10, 9 restent libres."),
            (9, "la place 4 lui est accordée. 9 places sont alors accordées sur 10, 1 reste libre."),
            (10, "la place 4 lui est accordée. 10 places sont alors accordées sur 10, aucune n’est libre."),
        ] {
            assert_eq!(said(&prospect(taken, 0, false).if_approved()), told);
        }
    }

    #[test]
    fn a_place_nobody_waits_for_is_free_again_for_its_sector_or_for_all() {
        let sector = Sector::Rental.label();
        assert_eq!(
            said(&prospect(2, 2, false).if_nobody_waits()),
            format!(
                "sa place redevient libre, gardée pour le secteur « {sector} » : aucune candidature en attente ne peut la recevoir. 9 places sont alors libres en tout."
            )
        );
        for open in [prospect(3, 2, false), prospect(2, 2, true)] {
            assert!(said(&open.if_nobody_waits()).starts_with("sa place redevient libre, ouverte à tous les secteurs :"));
        }
        assert!(said(&prospect(10, 0, false).if_nobody_waits()).ends_with("1 place est alors libre en tout."));
    }
}
