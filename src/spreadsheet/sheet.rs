//! A file of one kind or the other.

use std::io::{self, Seek, Write};

use super::{Cell, Format, csv::CsvFile, xlsx::XlsxFile};

/// The head of a column.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// In the first line.
    pub title: &'static str,
    /// In a workbook, about how many letters are seen.
    pub width: u8,
}

/// A file in the making.
#[derive(Debug)]
pub struct Sheet<W: Write + Seek>(Made<W>);

#[derive(Debug)]
enum Made<W: Write + Seek> {
    Csv(Box<CsvFile<W>>),
    Xlsx(Box<XlsxFile<W>>),
}

impl<W: Write + Seek> Sheet<W> {
    /// Starts it with its line of titles; in a workbook the sheet bears that name, of letters alone.
    ///
    /// # Errors
    /// Those of the file.
    pub fn start(format: Format, file: W, name: &'static str, heads: &[Head]) -> io::Result<Self> {
        Ok(Self(match format {
            Format::Csv => Made::Csv(Box::new(CsvFile::start(file, heads)?)),
            Format::Xlsx => Made::Xlsx(Box::new(XlsxFile::start(file, name, heads)?)),
        }))
    }

    /// Adds a line.
    ///
    /// # Errors
    /// Those of the file.
    pub fn add(&mut self, cells: impl Iterator<Item = Cell>) -> io::Result<()> {
        match &mut self.0 {
            Made::Csv(file) => file.add(cells),
            Made::Xlsx(file) => file.add(cells),
        }
    }

    /// Ends it.
    ///
    /// # Errors
    /// Those of the file.
    pub fn end(self) -> io::Result<W> {
        match self.0 {
            Made::Csv(file) => file.end(),
            Made::Xlsx(file) => file.end(),
        }
    }
}
