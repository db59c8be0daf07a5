//! A workbook of one sheet (ECMA-376, Office Open XML), written row by row: what is in memory does not grow with it.

use std::{
    fmt::Write as _,
    io::{self, Seek, Write},
};

use jiff::civil::{Date, date};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{Cell, Head, cell::looks_like_a_formula, csv::decimal};

/// The parts around the sheet.
const PARTS: [(&str, &str); 4] = [
    ("[Content_Types].xml", include_str!("xlsx/content_types.xml")),
    ("_rels/.rels", include_str!("xlsx/package.rels.xml")),
    ("xl/_rels/workbook.xml.rels", include_str!("xlsx/workbook.rels.xml")),
    ("xl/styles.xml", include_str!("xlsx/styles.xml")),
];

/// Names the sheet, in place of the word SHEET.
const WORKBOOK: &str = include_str!("xlsx/workbook.xml");

/// The styles of `styles.xml`, by their place there.
const TITLE: u8 = 1;
const DAY: u8 = 2;
const TEXT: u8 = 3;
/// Text that stays one when somebody edits it: what an apostrophe typed in front of it does.
const QUOTED: u8 = 4;
const DECIMAL: u8 = 5;

/// A file in the making.
#[derive(Debug)]
pub(super) struct XlsxFile<W: Write + Seek> {
    archive: ZipWriter<W>,
    columns: usize,
    rows: usize,
    buffer: String,
}

impl<W: Write + Seek> XlsxFile<W> {
    /// Starts it with its row of titles, which stays in sight.
    pub(super) fn start(file: W, name: &str, heads: &[Head]) -> io::Result<Self> {
        let mut archive = ZipWriter::new(file);
        // As small as the default within a few hundredths, in a third of the time.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(3));
        for (name, part) in PARTS {
            archive.start_file(name, options)?;
            archive.write_all(part.as_bytes())?;
        }
        archive.start_file("xl/workbook.xml", options)?;
        archive.write_all(WORKBOOK.replace("SHEET", name).as_bytes())?;
        archive.start_file("xl/worksheets/sheet1.xml", options)?;
        let buffer = include_str!("xlsx/sheet_start.xml").trim_end().to_owned();
        let mut sheet = Self { archive, columns: heads.len(), rows: 0, buffer };
        sheet.buffer.push_str("<cols>");
        for (number, head) in (1..).zip(heads) {
            let width = head.width;
            let _infallible = write!(sheet.buffer, r#"<col min="{number}" max="{number}" width="{width}" customWidth="1"/>"#);
        }
        sheet.buffer.push_str("</cols><sheetData>");
        sheet.add_styled(heads.iter().map(|head| (Cell::text(head.title), Some(TITLE))))?;
        Ok(sheet)
    }

    /// Adds a row.
    pub(super) fn add(&mut self, cells: impl Iterator<Item = Cell>) -> io::Result<()> {
        self.add_styled(cells.map(|cell| (cell, None)))
    }

    fn add_styled(&mut self, cells: impl Iterator<Item = (Cell, Option<u8>)>) -> io::Result<()> {
        self.rows += 1;
        let row = self.rows;
        let _infallible = write!(self.buffer, r#"<row r="{row}">"#);
        for (column, (cell, style)) in cells.enumerate() {
            push_cell(&mut self.buffer, (column, row), &cell, style);
        }
        self.buffer.push_str("</row>");
        self.archive.write_all(self.buffer.as_bytes())?;
        self.buffer.clear();
        Ok(())
    }

    /// Ends it, with a filter on each column.
    pub(super) fn end(mut self) -> io::Result<W> {
        let last = letters(self.columns.saturating_sub(1));
        let rows = self.rows;
        write!(self.archive, r#"</sheetData><autoFilter ref="A1:{last}{rows}"/></worksheet>"#)?;
        Ok(self.archive.finish()?)
    }
}

fn push_cell(sheet: &mut String, (column, row): (usize, usize), cell: &Cell, style: Option<u8>) {
    let column = letters(column);
    let _infallible = match cell {
        Cell::Empty => Ok(()),
        Cell::Whole(number) => write!(sheet, r#"<c r="{column}{row}"><v>{number}</v></c>"#),
        Cell::Tenths(tenths) => write!(sheet, r#"<c r="{column}{row}" s="{DECIMAL}"><v>{}</v></c>"#, decimal(*tenths, '.')),
        Cell::Day(day) => write!(sheet, r#"<c r="{column}{row}" s="{DAY}"><v>{}</v></c>"#, serial(*day)),
        Cell::Text(text) => {
            let style = style.unwrap_or(if looks_like_a_formula(text) { QUOTED } else { TEXT });
            let opened = write!(sheet, r#"<c r="{column}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">"#);
            push_escaped(sheet, text);
            sheet.push_str("</t></is></c>");
            opened
        }
    };
}

/// « A » for the first column, « AA » for the twenty-seventh.
fn letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    if column < 26 { letter.to_string() } else { format!("{}{letter}", letters(column / 26 - 1)) }
}

/// Days since the last of 1899, as workbooks count from March 1900 on.
fn serial(day: Date) -> i64 {
    date(1899, 12, 30).until(day).map_or(0, |span| i64::from(span.get_days()))
}

/// Text inside an element; what XML cannot hold is left out.
fn push_escaped(sheet: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => sheet.push_str("&amp;"),
            '<' => sheet.push_str("&lt;"),
            '>' => sheet.push_str("&gt;"),
            '\r' => sheet.push_str("&#13;"),
            '\t' | '\n' => sheet.push(letter),
            '\u{0}'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => sheet.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_days_are_numbered_as_spreadsheets_do() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
        assert_eq!(serial(date(1970, 1, 1)), 25_569);
        assert_eq!(serial(date(2026, 12, 3)), 46_359);
    }

    #[test]
    fn a_text_is_a_text_whatever_it_looks_like() {
        let mut sheet = String::new();
        push_cell(&mut sheet, (1, 2), &Cell::text("=1+1 <&> \u{0}\u{8}\u{ffff}"), None);
        assert_eq!(sheet, r#"<c r="B2" s="4" t="inlineStr"><is><t xml:space="preserve">=1+1 &lt;&amp;&gt; </t></is></c>"#);
    }
}
