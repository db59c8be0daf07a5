//! Lines of a CSV, one record each as INSEE writes them: bounded, UTF-8, counted, and whole.
//!
//! A general CSV reader lets one stray quotation mark swallow the rest of a file into memory. Here a line always ends where it ends: what
//! is damaged costs its own line, and its number is told.

use std::io::{BufRead, Read};

use super::fault::FileFault;

/// Bytes of the longest line; INSEE's stay under two thousand.
const LONGEST: usize = 64 << 10;

/// Reads lines into one buffer.
pub(super) struct Lines<'a> {
    text: &'a mut dyn BufRead,
    line: Vec<u8>,
    number: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a mut dyn BufRead) -> Self {
        Self { text, line: Vec::with_capacity(4096), number: 0 }
    }

    /// The number of the line read last, from 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The next line without its end, or nothing at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<&str>, FileFault> {
        self.line.clear();
        let most = LONGEST as u64 + 1;
        (&mut *self.text).take(most).read_until(b'\n', &mut self.line).map_err(|error| {
            // What file.rs says of a file's bytes; the rest is the system's.
            if error.raw_os_error().is_none() { FileFault::refused(error.to_string()) } else { error.into() }
        })?;
        if self.line.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        if self.line.pop() != Some(b'\n') {
            return Err(FileFault::refused(if self.line.len() >= LONGEST {
                format!("line {} is longer than {LONGEST} bytes", self.number)
            } else {
                format!("it ends in the middle of line {}: it was cut, download it again", self.number)
            }));
        }
        self.line.pop_if(|byte| *byte == b'\r');
        let start = if self.number == 1 && self.line.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
        let number = self.number;
        std::str::from_utf8(&self.line[start..]).map(Some).map_err(|_| {
            FileFault::refused(format!("line {number} is not in UTF-8, as INSEE publishes: it was converted by another program"))
        })
    }
}

/// Cuts records into values.
#[derive(Default)]
pub(super) struct Splitter {
    spans: Vec<(usize, usize)>,
    unquoted: String,
}

/// A record cut into values.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    text: &'a str,
    spans: &'a [(usize, usize)],
}

impl<'a> Record<'a> {
    /// How many values.
    pub(super) fn len(self) -> usize {
        self.spans.len()
    }

    /// The value of that column, or nothing when the record is too short.
    pub(super) fn value(self, column: usize) -> &'a str {
        self.spans.get(column).map_or("", |(start, end)| &self.text[*start..*end])
    }
}

impl Splitter {
    /// Cuts a line: commas between values, quotation marks around one that holds a comma, doubled inside. Nothing when they do not match.
    pub(super) fn split<'a>(&'a mut self, line: &'a str) -> Option<Record<'a>> {
        self.spans.clear();
        if line.as_bytes().contains(&b'"') {
            self.unquote(line)?;
            return Some(Record { text: &self.unquoted, spans: &self.spans });
        }
        let mut start = 0;
        for (at, byte) in line.bytes().enumerate() {
            if byte == b',' {
                self.spans.push((start, at));
                start = at + 1;
            }
        }
        self.spans.push((start, line.len()));
        Some(Record { text: line, spans: &self.spans })
    }

    fn unquote(&mut self, line: &str) -> Option<()> {
        self.unquoted.clear();
        let mut rest = line;
        loop {
            let start = self.unquoted.len();
            let after = if let Some(mut quoted) = rest.strip_prefix('"') {
                loop {
                    let (value, after) = quoted.split_once('"')?;
                    self.unquoted.push_str(value);
                    let Some(again) = after.strip_prefix('"') else { break after };
                    self.unquoted.push('"');
                    quoted = again;
                }
            } else {
                let (value, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
                self.unquoted.push_str(value);
                after
            };
            self.spans.push((start, self.unquoted.len()));
            if after.is_empty() {
                return Some(());
            }
            rest = after.strip_prefix(',')?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use proptest::prelude::*;

    use super::*;

    fn values(line: &str) -> Option<Vec<String>> {
        let mut splitter = Splitter::default();
        let record = splitter.split(line)?;
        Some((0..record.len()).map(|column| record.value(column).to_owned()).collect())
    }

    fn read(bytes: &[u8]) -> Result<Vec<String>, String> {
        let mut text = bytes;
        let mut lines = Lines::new(&mut text);
        let mut found = Vec::new();
        while let Some(line) = lines.next().map_err(|fault| fault.to_string())? {
            found.push(line.to_owned());
        }
        Ok(found)
    }

    #[test]
    fn lines_end_where_they_end() {
        assert_eq!(read("\u{feff}a,b\r\nç\n\n".as_bytes()), Ok(vec!["a,b".into(), "ç".into(), String::new()]));
        assert_eq!(read(b""), Ok(Vec::new()));
        assert!(read(b"a\nb").expect_err("cut").contains("in the middle of line 2"));
        assert!(read(b"a\n\xe9\n").expect_err("Latin-1").contains("line 2 is not in UTF-8"));
    }

    #[test]
    fn an_endless_line_is_not_kept_in_memory() {
        let mut endless = io::BufReader::new(io::repeat(b'a'));
        let mut lines = Lines::new(&mut endless);
        assert!(lines.next().expect_err("endless").to_string().contains("line 1 is longer than 65536 bytes"));
        assert!(lines.line.capacity() <= 2 * LONGEST);
        let longest = [vec![b'a'; LONGEST], vec![b'\n']].concat();
        assert_eq!(read(&longest).map(|lines| lines[0].len()), Ok(LONGEST));
    }

    #[test]
    fn quotation_marks_that_do_not_match_are_told() {
        assert_eq!(values("a,\"b,\"\"c\"\"\",,d"), Some(vec!["a".into(), "b,\"c\"".into(), String::new(), "d".into()]));
        assert_eq!(values("12\" pouces,b"), Some(vec!["12\" pouces".into(), "b".into()]));
        for wrong in ["a,\"b", "\"a\"b,c", "\""] {
            assert_eq!(values(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_a_csv_writer_writes_is_read_back(written in proptest::collection::vec("[a-zé,\"' ;]{0,8}", 2..9)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(&written).expect("in memory");
            let line = String::from_utf8(writer.into_inner().expect("in memory")).expect("UTF-8");
            prop_assert_eq!(values(line.trim_end_matches('\n')), Some(written));
        }

        #[test]
        fn no_line_makes_it_fall(line in "[a,\"\\PC]{0,40}") {
            let mut splitter = Splitter::default();
            if let Some(record) = splitter.split(&line) {
                prop_assert!(record.len() > 0);
                prop_assert_eq!(record.value(record.len()), "");
            }
        }
    }
}
