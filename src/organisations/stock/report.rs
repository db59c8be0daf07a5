//! What an import read, kept and left out.

use time::{Date, OffsetDateTime};

/// Bad rows told one by one; the others are counted.
const TOLD: usize = 5;

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its line in the file, the titles being the first; none when only the database noticed it.
    pub line: Option<u64>,
    /// What is wrong with it.
    pub reason: String,
}

/// What became of the rows of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows kept.
    pub kept: u64,
    /// Rows left out.
    pub bad: u64,
    /// The first of those.
    pub first_bad: Vec<BadRow>,
    /// The newest `dateDernierTraitement`.
    pub newest: Option<Date>,
}

impl Tally {
    pub(super) fn leave_out(&mut self, line: Option<u64>, reason: impl Into<String>) {
        self.bad += 1;
        if self.first_bad.len() < TOLD {
            self.first_bad.push(BadRow { line, reason: reason.into() });
        }
    }

    /// Why so much is wrong that the file cannot be what it should: more than a hundred rows, and one in a hundred.
    pub(super) fn is_hopeless(&self) -> bool {
        self.bad > 100 && self.bad > (self.kept + self.bad) / 100
    }
}

/// What an import put in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Of legal units.
    pub units: Tally,
    /// Of establishments.
    pub establishments: Tally,
    /// Establishments whose legal unit is not in the stock.
    pub without_unit: u64,
    /// The day the stock speaks of.
    pub stock_date: Date,
}

/// An import that is or was in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Which one, from 1.
    pub number: i32,
    /// When.
    pub imported_at: OffsetDateTime,
    /// The day the stock speaks of.
    pub stock_date: Date,
    /// Name of the file of legal units.
    pub unit_file: String,
    /// Name of the file of establishments.
    pub establishment_file: String,
    /// Legal units kept.
    pub units: i64,
    /// Establishments kept.
    pub establishments: i64,
    /// Legal units left out.
    pub bad_units: i64,
    /// Establishments left out.
    pub bad_establishments: i64,
    /// Establishments whose legal unit is not in the stock.
    pub without_unit: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_bad_rows_are_told_and_many_condemn_the_file() {
        let mut tally = Tally { kept: 20_000, ..Tally::default() };
        (0..202).for_each(|line| tally.leave_out(Some(line), "bad"));
        assert_eq!((tally.bad, tally.first_bad.len(), tally.is_hopeless()), (202, TOLD, false));
        tally.leave_out(None, "one more");
        assert!(tally.is_hopeless());
        assert!(!Tally { bad: 100, ..Tally::default() }.is_hopeless(), "a small file may hold some");
    }
}
