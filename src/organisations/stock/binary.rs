//! Rows as PostgreSQL's binary COPY takes them: the server has no number, date or word to parse.
//! Layout: <https://www.postgresql.org/docs/current/sql-copy.html>, « Binary Format ».

use time::{Date, macros::date};

use super::words::Words;

/// What stands before the first row: signature, flags, no extension.
pub(super) const START: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// What stands after the last.
pub(super) const END: &[u8] = &(-1_i16).to_be_bytes();

/// Day 0 of PostgreSQL.
const EPOCH: Date = date!(2000 - 01 - 01);

/// The row being written, after those before it.
pub(super) struct Row<'a> {
    bytes: &'a mut Vec<u8>,
}

impl<'a> Row<'a> {
    pub(super) fn new(bytes: &'a mut Vec<u8>, columns: i16) -> Self {
        bytes.extend_from_slice(&columns.to_be_bytes());
        Self { bytes }
    }

    fn value(&mut self, value: &[u8]) {
        // No value of ours comes near two gigabytes: a line holds 64 kB.
        self.bytes.extend_from_slice(&i32::try_from(value.len()).unwrap_or(i32::MAX).to_be_bytes());
        self.bytes.extend_from_slice(value);
    }

    fn nullable<const N: usize>(&mut self, value: Option<[u8; N]>) {
        match value {
            Some(value) => self.value(&value),
            None => self.bytes.extend_from_slice(&(-1_i32).to_be_bytes()),
        }
    }

    pub(super) fn bigint(&mut self, value: i64) {
        self.value(&value.to_be_bytes());
    }

    pub(super) fn integer(&mut self, value: i32) {
        self.value(&value.to_be_bytes());
    }

    pub(super) fn smallint(&mut self, value: Option<i16>) {
        self.nullable(value.map(i16::to_be_bytes));
    }

    pub(super) fn boolean(&mut self, value: Option<bool>) {
        self.nullable(value.map(|value| [u8::from(value)]));
    }

    pub(super) fn date(&mut self, value: Option<Date>) {
        self.nullable(value.map(|day| (day.to_julian_day() - EPOCH.to_julian_day()).to_be_bytes()));
    }

    pub(super) fn text(&mut self, value: &str) {
        self.value(value.as_bytes());
    }

    /// A tsvector: how many words, then each, sorted, ended by a zero, without positions.
    pub(super) fn words(&mut self, words: &mut Words) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&[0; 8]);
        let mut count = 0_i32;
        for word in words.sorted() {
            self.bytes.extend_from_slice(word.as_bytes());
            self.bytes.extend_from_slice(&[0; 3]);
            count += 1;
        }
        let length = i32::try_from(self.bytes.len() - start - 4).unwrap_or(i32::MAX);
        self.bytes[start..start + 4].copy_from_slice(&length.to_be_bytes());
        self.bytes[start + 4..start + 8].copy_from_slice(&count.to_be_bytes());
    }
}
