//! Text with separators, as a French spreadsheet opens it.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::{Cell, Head, cell::looks_like_a_formula};

/// Tells a spreadsheet that the text is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// A file in the making.
#[derive(Debug)]
pub(super) struct CsvFile<W: Write> {
    writer: Writer<W>,
}

impl<W: Write> CsvFile<W> {
    /// Starts it with its line of titles.
    pub(super) fn start(mut file: W, heads: &[Head]) -> io::Result<Self> {
        file.write_all(MARK)?;
        let mut writer = WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(file);
        writer.write_record(heads.iter().map(|head| head.title))?;
        Ok(Self { writer })
    }

    /// Adds a line.
    pub(super) fn add(&mut self, cells: impl Iterator<Item = Cell>) -> io::Result<()> {
        for cell in cells {
            self.writer.write_field(written(cell))?;
        }
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Ends it.
    pub(super) fn end(self) -> io::Result<W> {
        self.writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// A text that looks like a formula is kept from being one by an apostrophe.
fn written(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) if looks_like_a_formula(&text) => format!("'{text}"),
        Cell::Text(text) => text,
        Cell::Whole(number) => number.to_string(),
        Cell::Tenths(tenths) => decimal(tenths, ','),
        Cell::Day(date) => date.to_string(),
    }
}

/// A number with its decimal: a French spreadsheet reads a comma, a workbook holds a point.
pub(super) fn decimal(tenths: i64, mark: char) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}{mark}{}", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_french_spreadsheet_opens_it_and_computes_nothing() {
        let heads = ["Numéro", "Texte", "Rien", "Nombre", "Jour", "Part"].map(|title| Head { title, width: 10 });
        let mut file = CsvFile::start(Vec::new(), &heads).expect("in memory");
        let cells = [
            Cell::text("=HYPERLINK(\"http://x\")"),
            Cell::text("Léa ; « A »\nB"),
            Cell::Empty,
            Cell::Whole(-3),
            Cell::Day(date(2026, 12, 3)),
            Cell::Tenths(-5),
        ];
        file.add(cells.into_iter()).expect("in memory");
        let text = String::from_utf8(file.end().expect("in memory")).expect("UTF-8");
        let (titles, line) = text.split_once("\r\n").expect("two lines");
        assert_eq!(titles, "\u{feff}Numéro;Texte;Rien;Nombre;Jour;Part");
        assert_eq!(line, "\"'=HYPERLINK(\"\"http://x\"\")\";\"Léa ; « A »\nB\";;-3;2026-12-03;-0,5\r\n");
    }
}
