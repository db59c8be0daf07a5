//! Reads a file into chunks of rows ready for the database, on a thread of its own: while the server stores one, the next is being read.

use std::{path::Path, sync::Arc};

use time::Date;
use tokio::sync::mpsc;

use super::{
    binary,
    columns::{Fault, Header},
    fault::FileFault,
    file,
    import::Watch,
    lines::{Lines, Record, Splitter},
    report::Tally,
};

/// Bytes handed over at once.
const CHUNK: usize = 128 << 10;

/// Turns the records of one kind of file into rows.
pub(super) trait Rows: Sized {
    /// Finds its columns in the file's first line.
    fn new(header: &Header, today: Date) -> Result<Self, FileFault>;

    /// Writes a record as a row; when it is bad, what was written is taken back.
    fn write(&mut self, record: Record<'_>, bytes: &mut Vec<u8>) -> Result<Written, Fault>;
}

/// A row that was written.
pub(super) struct Written {
    /// SIREN or SIRET.
    pub(super) number: i64,
    /// When INSEE last touched it.
    pub(super) processed_on: Option<Date>,
}

/// Reads a whole file; what cannot be a stock is refused, at the latest at its end.
pub(super) fn read<R: Rows>(path: &Path, today: Date, watch: &Arc<dyn Watch>, sender: &mpsc::Sender<Vec<u8>>) -> Result<Tally, FileFault> {
    file::open(path, watch, |text| {
        let mut lines = Lines::new(text);
        let mut splitter = Splitter::default();
        let titles = lines.next()?.ok_or_else(|| FileFault::refused("it is empty"))?;
        let titles = splitter.split(titles).ok_or_else(|| FileFault::refused("its first line holds a quotation mark too many"))?;
        let header = Header::read(titles);
        let mut copy = Copy { rows: R::new(&header, today)?, width: header.width(), today, previous: None, tally: Tally::default() };
        let mut chunk = fresh(binary::START);
        while let Some(line) = lines.next()? {
            let record = splitter.split(line);
            if let Err(reason) = copy.row(record, &mut chunk) {
                copy.tally.leave_out(Some(lines.number()), reason);
            }
            if chunk.len() >= CHUNK {
                watch.rows(copy.tally.kept);
                hand_over(sender, std::mem::replace(&mut chunk, fresh(&[])))?;
            }
        }
        copy.refuse_if_hopeless()?;
        chunk.extend_from_slice(binary::END);
        hand_over(sender, chunk)?;
        watch.rows(copy.tally.kept);
        Ok(copy.tally)
    })
}

fn fresh(start: &[u8]) -> Vec<u8> {
    let mut chunk = Vec::with_capacity(CHUNK + (16 << 10));
    chunk.extend_from_slice(start);
    chunk
}

fn hand_over(sender: &mpsc::Sender<Vec<u8>>, chunk: Vec<u8>) -> Result<(), FileFault> {
    sender.blocking_send(chunk).map_err(|_| FileFault::GivenUp)
}

struct Copy<R> {
    rows: R,
    width: usize,
    today: Date,
    previous: Option<i64>,
    tally: Tally,
}

impl<R: Rows> Copy<R> {
    fn row(&mut self, record: Option<Record<'_>>, chunk: &mut Vec<u8>) -> Result<(), Fault> {
        let record = record.ok_or("its quotation marks do not match")?;
        if record.len() != self.width {
            return Err(format!("{} values instead of {}", record.len(), self.width).into());
        }
        let start = chunk.len();
        let written = self.rows.write(record, chunk).inspect_err(|_| chunk.truncate(start))?;
        // INSEE's files are in the order of their numbers: a number that comes twice comes twice in a row. Elsewhere the database notices.
        if self.previous.replace(written.number) == Some(written.number) {
            chunk.truncate(start);
            return Err("the same number as the line before: the first one is kept".into());
        }
        self.tally.kept += 1;
        self.tally.newest = self.tally.newest.max(written.processed_on.filter(|day| *day <= self.today));
        Ok(())
    }

    fn refuse_if_hopeless(&self) -> Result<(), FileFault> {
        let tally = &self.tally;
        if tally.kept == 0 {
            let first = tally.first_bad.first().map_or(String::new(), |bad| format!(", the first one because {}", bad.reason));
            return Err(FileFault::refused(format!("no row can be kept: {} are bad{first}", tally.bad)));
        }
        if tally.is_hopeless() {
            let first: Vec<String> =
                tally.first_bad.iter().map(|bad| format!("line {}: {}", bad.line.unwrap_or_default(), bad.reason)).collect();
            return Err(FileFault::refused(format!("{} rows of {} are bad ({})", tally.bad, tally.kept + tally.bad, first.join("; "))));
        }
        Ok(())
    }
}
