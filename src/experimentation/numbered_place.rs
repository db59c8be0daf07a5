//! The places of a campaign one by one: their number, whom they are kept for, who holds them.

use time::OffsetDateTime;

use super::{line::Stand, seats::SeatState};
use crate::{
    criteria::Sector,
    ids::ApplicationId,
    organisations::{Region, Size},
};

/// A place of a campaign on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedPlace {
    /// From 1 to the capacity; it may change when the capacity does.
    pub number: i32,
    /// The sector it is kept for; nothing when it is for anybody.
    pub kept_for: Option<Sector>,
    /// Who holds it.
    pub holder: Option<Holder>,
}

/// Who holds a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// By which candidature.
    pub application: ApplicationId,
    /// As the register names it today.
    pub organisation: String,
    /// Of the service.
    pub sector: Sector,
    /// Reserved or granted.
    pub stand: Stand,
    /// Since when.
    pub since: OffsetDateTime,
    /// Before whoever has a higher one.
    pub turn: i32,
    /// By its employees.
    pub size: Size,
    /// Where the establishment that asks stands; nothing when it is not known.
    pub region: Option<Region>,
}

impl NumberedPlace {
    /// Where it stands, as it is drawn.
    pub fn state(&self) -> SeatState {
        match (&self.holder, self.kept_for) {
            (Some(Holder { stand: Stand::Granted, .. }), _) => SeatState::Granted,
            (Some(_), _) => SeatState::Reserved,
            (None, Some(_)) => SeatState::Kept,
            (None, None) => SeatState::Open,
        }
    }

    /// The sector it is drawn with: of who holds it, or the one it is kept for.
    pub fn sector(&self) -> Option<Sector> {
        self.holder.as_ref().map(|holder| holder.sector).or(self.kept_for)
    }
}

/// The places of a sector, or those open to all, as they are drawn together.
#[derive(Clone, Debug)]
pub struct PlacesOf<'a> {
    /// Whose; nothing when they are free for anybody.
    pub sector: Option<Sector>,
    /// Granted ones first, then reserved, then kept; by number.
    pub places: Vec<&'a NumberedPlace>,
}

impl<'a> PlacesOf<'a> {
    /// Sector by sector in the order of the text, then those open to all.
    pub fn all(places: &'a [NumberedPlace]) -> Vec<Self> {
        let of = |sector: Option<Sector>| {
            let mut of: Vec<&NumberedPlace> = places.iter().filter(|place| place.sector() == sector).collect();
            of.sort_by_key(|place| (rank(place.state()), place.number));
            Self { sector, places: of }
        };
        Sector::ALL.iter().map(|sector| of(Some(*sector))).chain([of(None)]).collect()
    }
}

fn rank(state: SeatState) -> u8 {
    match state {
        SeatState::Granted => 0,
        SeatState::Reserved => 1,
        SeatState::Kept => 2,
        SeatState::Open => 3,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn place(number: i32, kept_for: Option<Sector>, held: Option<(Sector, Stand)>) -> NumberedPlace {
        let holder = held.map(|(sector, stand)| Holder {
            application: ApplicationId(i64::from(number)),
            organisation: "Institut Belleroche".into(),
            sector,
            stand,
            since: datetime!(2027-01-12 09:00 UTC),
            turn: number,
            size: Size::Tens,
            region: None,
        });
        NumberedPlace { number, kept_for, holder }
    }

    #[test]
    fn every_place_is_drawn_once_with_its_sector() {
        let places = [
            place(1, Some(Sector::Health), None),
            place(2, Some(Sector::Health), Some((Sector::Health, Stand::Reserved))),
            place(3, None, Some((Sector::Health, Stand::Granted))),
            place(4, None, Some((Sector::Rental, Stand::Reserved))),
            place(5, None, None),
        ];
        let drawn = PlacesOf::all(&places);
        let of = |at: usize| -> Vec<(i32, SeatState)> { drawn[at].places.iter().map(|place| (place.number, place.state())).collect() };
        assert_eq!((drawn.len(), drawn[0].sector, drawn[6].sector), (7, Some(Sector::Health), None));
        assert_eq!(
            of(0),
            [(3, SeatState::Granted), (2, SeatState::Reserved), (1, SeatState::Kept)],
            "a place open to all is drawn with the sector of who holds it"
        );
        assert_eq!(of(6), [(5, SeatState::Open)]);
        assert_eq!((0..7).map(|at| of(at).len()).sum::<usize>(), 5);
    }
}
