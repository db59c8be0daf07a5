//! Who takes part, by sector, size and region, beside the legal persons of private law of the register. The order names the arrival and the
//! activity concerned alone: this is shown, and counted against nobody.

use std::collections::BTreeMap;

use time::Date;

use super::numbered_place::{Holder, NumberedPlace};
use crate::{
    criteria::Sector,
    organisations::{Region, Size, Spread},
};

/// Where the region is not known, or abroad.
const NO_REGION: &str = "Non connue, ou hors de France";

/// Those who hold a place, by sector, and the register beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participants {
    /// Of each sector, by size and region.
    pub sectors: BTreeMap<Sector, Spread>,
    /// The register, and the day it speaks of; nothing when no stock of it was counted.
    pub reference: Option<(Date, Spread)>,
}

/// Participants of a sector, of a region or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Of what: « Transport de personnes », « Bretagne ».
    pub name: &'static str,
    /// How many of each size, the smallest first.
    pub by_size: Vec<u64>,
    /// In all.
    pub total: u64,
    /// Their part of the panel: « 12 % »; empty when nobody takes part.
    pub part: String,
    /// The part of the register's legal persons that are there; empty without a reference.
    pub reference: String,
}

impl Counted {
    /// Somebody takes part there, or the register says how many could.
    pub fn is_shown(&self) -> bool {
        self.total > 0 || !self.reference.is_empty()
    }
}

impl Participants {
    /// Those who hold these places.
    pub fn of(places: &[NumberedPlace], reference: Option<(Date, Spread)>) -> Self {
        let mut sectors: BTreeMap<Sector, Spread> = BTreeMap::new();
        for Holder { sector, size, region, .. } in places.iter().filter_map(|place| place.holder.as_ref()) {
            sectors.entry(*sector).or_default().add(*size, *region, 1);
        }
        Self { sectors, reference }
    }

    /// In all.
    pub fn total(&self) -> u64 {
        self.sectors.values().map(Spread::total).sum()
    }

    /// Sector by sector, in the order of the text; the register tells no sector.
    pub fn by_sector(&self) -> Vec<Counted> {
        let nobody = Spread::default();
        let of = |sector: &Sector| {
            let spread = self.sectors.get(sector).unwrap_or(&nobody);
            self.counted(sector.label(), Size::ALL.iter().map(|size| spread.of_size(*size)).collect(), String::new())
        };
        Sector::ALL.iter().map(of).collect()
    }

    /// Region by region, by name, those where nobody takes part too, so that they are seen; then the ones that are not known, if any.
    pub fn by_region(&self) -> Vec<Counted> {
        let is_anybody = |region| {
            let everywhere = self.sectors.values().chain(self.reference.as_ref().map(|(_, spread)| spread));
            everywhere.map(|spread| spread.of_region(region)).sum::<u64>() > 0
        };
        regions()
            .into_iter()
            .filter(|region| region.is_some() || is_anybody(None))
            .map(|region| {
                let of_size = |size: &Size| self.sectors.values().map(|spread| spread.of_both(*size, region)).sum();
                self.counted(name(region), Size::ALL.iter().map(of_size).collect(), self.referred(|spread| spread.of_region(region)))
            })
            .collect()
    }

    /// The regions of each sector in which somebody takes part.
    pub fn crossed(&self) -> Vec<(Sector, Counted)> {
        let mut crossed = Vec::new();
        for (sector, spread) in &self.sectors {
            for region in regions().into_iter().filter(|region| spread.of_region(*region) > 0) {
                let by_size = Size::ALL.iter().map(|size| spread.of_both(*size, region)).collect();
                crossed.push((*sector, self.counted(name(region), by_size, String::new())));
            }
        }
        crossed
    }

    /// All of them.
    pub fn whole(&self) -> Counted {
        let of_size = |size: &Size| self.sectors.values().map(|spread| spread.of_size(*size)).sum();
        self.counted("Ensemble", Size::ALL.iter().map(of_size).collect(), String::new())
    }

    /// The part of each size in the panel.
    pub fn parts_of_sizes(&self) -> Vec<String> {
        self.whole().by_size.iter().map(|count| percent(*count, self.total())).collect()
    }

    /// The part of each size in the register; empty without a reference.
    pub fn sizes_of_the_register(&self) -> Vec<String> {
        Size::ALL.iter().map(|size| self.referred(|spread| spread.of_size(*size))).collect()
    }

    fn referred(&self, of: impl Fn(&Spread) -> u64) -> String {
        self.reference.as_ref().map(|(_, spread)| percent(of(spread), spread.total())).unwrap_or_default()
    }

    fn counted(&self, name: &'static str, by_size: Vec<u64>, reference: String) -> Counted {
        let total = by_size.iter().sum();
        Counted { name, by_size, total, part: percent(total, self.total()), reference }
    }
}

/// Every region by name, then none.
fn regions() -> Vec<Option<Region>> {
    Region::all().into_iter().map(Some).chain([None]).collect()
}

fn name(region: Option<Region>) -> &'static str {
    region.map_or(NO_REGION, Region::name)
}

/// A part of a whole, in whole hundredths: « 12 % », « moins de 1 % »; nothing of nothing.
fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return String::new();
    }
    let hundredths = (part * 200 + whole) / (whole * 2);
    if part > 0 && hundredths == 0 { "moins de 1\u{a0}%".into() } else { format!("{hundredths}\u{a0}%") }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;
    use crate::{experimentation::line::Stand, ids::ApplicationId};

    fn place(number: i32, sector: Sector, size: Size, region: Option<Region>) -> NumberedPlace {
        let holder = Holder {
            application: ApplicationId(i64::from(number)),
            organisation: String::new(),
            sector,
            stand: Stand::Reserved,
            since: datetime!(2027-01-12 09:00 UTC),
            turn: number,
            size,
            region,
        };
        NumberedPlace { number, kept_for: None, holder: Some(holder) }
    }

    fn participants(reference: Option<(Date, Spread)>) -> Participants {
        let loire = Region::of_commune("49007");
        let places = [
            place(1, Sector::Health, Size::Tens, loire),
            place(2, Sector::Health, Size::Tens, loire),
            place(3, Sector::Rental, Size::Unknown, None),
            NumberedPlace { number: 4, kept_for: None, holder: None },
        ];
        Participants::of(&places, reference)
    }

    fn said(words: Vec<String>) -> Vec<String> {
        words.into_iter().map(|words| words.replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn participants_are_counted_by_sector_by_region_and_across() {
        let all = participants(None);
        assert_eq!((all.total(), all.whole().by_size), (3, vec![0, 2, 0, 0, 1]));
        assert_eq!(said(all.parts_of_sizes()), ["0 %", "67 %", "0 %", "0 %", "33 %"]);
        let sectors = all.by_sector();
        assert_eq!((sectors.len(), sectors[0].total, sectors[0].by_size.clone()), (6, 2, vec![0, 2, 0, 0, 0]));
        let regions = all.by_region();
        assert_eq!((regions.len(), regions[19].name, regions[19].total), (20, NO_REGION, 1));
        assert_eq!(regions.iter().filter(|region| region.is_shown()).count(), 2, "without a reference, those where somebody takes part");
        assert_eq!(regions.iter().map(|region| region.total).sum::<u64>(), 3);
        let crossed: Vec<(Sector, &str, u64)> = all.crossed().into_iter().map(|(sector, it)| (sector, it.name, it.total)).collect();
        assert_eq!(crossed, [(Sector::Health, "Pays de la Loire", 2), (Sector::Rental, NO_REGION, 1)]);
    }

    #[test]
    fn the_register_stands_beside_them_when_it_was_counted() {
        assert_eq!(participants(None).sizes_of_the_register(), [""; 5]);
        let mut spread = Spread::default();
        spread.add(Size::UnderTen, Region::of_commune("49007"), 2990);
        spread.add(Size::Larger, Region::of_commune("75107"), 10);
        let all = participants(Some((date!(2027 - 01 - 01), spread)));
        assert_eq!(said(all.sizes_of_the_register()), ["100 %", "0 %", "0 %", "moins de 1 %", "0 %"]);
        let there: Vec<&str> = all.by_region().iter().filter(|region| !region.reference.starts_with('0')).map(|it| it.name).collect();
        assert_eq!(there, ["Île-de-France", "Pays de la Loire"]);
    }

    #[test]
    fn a_part_of_nothing_is_not_said() {
        assert_eq!(percent(0, 0), "");
        let parts = [(1, 3), (2, 3), (1, 200), (1, 201), (0, 5)].map(|(part, whole)| percent(part, whole));
        assert_eq!(said(parts.to_vec()), ["33 %", "67 %", "1 %", "moins de 1 %", "0 %"]);
        let nobody = Participants::default();
        assert!(nobody.parts_of_sizes().iter().all(String::is_empty));
        assert_eq!((nobody.by_region().len(), nobody.crossed().len()), (19, 0), "a region that nobody is without is not told");
    }
}
