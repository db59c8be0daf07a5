//! How many organisations there are of each size in each region: of the register, or of some of them.

use std::collections::BTreeMap;

use super::{Region, Size};

/// How many there are of each size in each region; no region is one that is not known, or abroad.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread(BTreeMap<(Size, Option<Region>), u64>);

impl Spread {
    /// Counts that many more.
    pub fn add(&mut self, size: Size, region: Option<Region>, count: u64) {
        *self.0.entry((size, region)).or_default() += count;
    }

    /// Every count that is not nothing.
    pub fn counts(&self) -> impl Iterator<Item = (Size, Option<Region>, u64)> + '_ {
        self.0.iter().map(|((size, region), count)| (*size, *region, *count))
    }

    /// In all.
    pub fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// Of that size.
    pub fn of_size(&self, size: Size) -> u64 {
        self.counts().filter(|(of, _, _)| *of == size).map(|(_, _, count)| count).sum()
    }

    /// Of that region.
    pub fn of_region(&self, region: Option<Region>) -> u64 {
        self.counts().filter(|(_, of, _)| *of == region).map(|(_, _, count)| count).sum()
    }

    /// Of that size in that region.
    pub fn of_both(&self, size: Size, region: Option<Region>) -> u64 {
        self.0.get(&(size, region)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up_by_size_and_by_region() {
        let (here, there) = (Region::of_commune("49007"), Region::of_commune("75107"));
        let mut spread = Spread::default();
        spread.add(Size::Tens, here, 2);
        spread.add(Size::Tens, here, 1);
        spread.add(Size::Larger, there, 4);
        spread.add(Size::Unknown, None, 5);
        assert_eq!((spread.total(), spread.of_size(Size::Tens), spread.of_region(there)), (12, 3, 4));
        assert_eq!((spread.of_region(None), spread.of_size(Size::UnderTen)), (5, 0));
        assert_eq!((spread.of_both(Size::Tens, here), spread.of_both(Size::Tens, there)), (3, 0));
        assert_eq!(spread.counts().count(), 3);
    }
}
