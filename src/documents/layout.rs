//! From what a document says to where each line stands.

use super::{
    code,
    document::{Block, Document, Fact, Table},
    fault::DocumentFault,
    font::{Face, UNKNOWN},
    lines::{Line, cut, drawable},
    sheet::{BODY, BOTTOM, BREADTH, Branch, HEADING, Item, Laid, MARGIN, NAME, Part, Role, SMALL, STRONG, Style, TITLE, TOP, WIDTH},
};

/// Sheets a document may have.
const MOST_SHEETS: usize = 200;

/// Lines that are not parted from one another.
const TOGETHER: usize = 4;

/// What names a fact takes of the width.
const NAMES: f32 = 150.0;
/// What the mark of a point takes of the width.
const MARKS: f32 = 14.0;
/// Between two columns.
const GAP: f32 = 10.0;
/// Between two lines to write on.
const HAND: f32 = 22.0;
/// Where the right half of a letter starts, as the window of an envelope shows it: 110 mm.
const RIGHT: f32 = 311.81;
/// A side of a code: 32 mm, which a telephone reads at arm's length.
const CODE: f32 = 90.7;

/// A text in its column.
struct Column {
    x: f32,
    lines: Vec<Line>,
    style: Style,
    leaf: usize,
}

struct Layer {
    laid: Laid,
    y: f32,
    leaves: usize,
    replaced: bool,
}

/// Lays a document out.
///
/// # Errors
/// [`DocumentFault::TooLong`] above 200 sheets; [`DocumentFault::Font`].
pub(super) fn lay_out(document: &Document) -> Result<Laid, DocumentFault> {
    let mut layer = Layer { laid: Laid { sheets: vec![Vec::new()], ..Laid::default() }, y: TOP, leaves: 0, replaced: false };
    let mut blocks = document.blocks.as_slice();
    // A letter names whom it is for, then its place and date, before what it is about.
    while let [block @ (Block::Addressee(_) | Block::Aside(_)), rest @ ..] = blocks {
        layer.block(block)?;
        blocks = rest;
    }
    let title = layer.text(&document.title, Role::Title, TITLE)?;
    layer.laid.tree.push(title);
    layer.y += 6.0;
    for block in blocks {
        layer.block(block)?;
    }
    if layer.replaced {
        let note = format!(
            "Le signe {UNKNOWN} remplace un caractère que ce document ne sait pas dessiner, un emoji par exemple. Le guichet, lui, le garde tel qu’il a été saisi."
        );
        layer.block(&Block::Note(note))?;
    }
    Ok(layer.laid)
}

impl Layer {
    fn block(&mut self, block: &Block) -> Result<(), DocumentFault> {
        match block {
            Block::Heading(text) => self.heading(text),
            Block::Question(text) => {
                // A question stays with its first lines.
                self.keep(STRONG.leading + SMALL.leading + HAND * 2.0)?;
                self.paragraph(text, STRONG)
            }
            Block::Paragraph(text) => self.paragraph(text, BODY),
            Block::Note(text) => self.paragraph(text, SMALL),
            Block::Facts(facts) => self.facts(facts),
            Block::List(points) => self.points(points, "–"),
            Block::Boxes(points) => self.points(points, "☐"),
            Block::Blank(lines) => self.blank(*lines),
            Block::Table(table) => self.table(table),
            Block::Addressee(lines) => self.addressee(lines),
            Block::Aside(text) => self.aside(text, BODY),
            Block::Code { address, says } => self.code(address, says),
        }
    }

    fn addressee(&mut self, lines: &[String]) -> Result<(), DocumentFault> {
        self.y += 22.0;
        self.aside(&lines.join("\n"), BODY)?;
        self.y += 18.0;
        Ok(())
    }

    /// A text in the right half.
    fn aside(&mut self, text: &str, style: Style) -> Result<(), DocumentFault> {
        let column = self.column(text, RIGHT, WIDTH - MARGIN - RIGHT, style)?;
        let leaf = column.leaf;
        self.row(&[column])?;
        self.laid.tree.push(Branch::of(Role::Paragraph, leaf));
        self.y += 6.0;
        Ok(())
    }

    fn code(&mut self, address: &str, says: &str) -> Result<(), DocumentFault> {
        self.keep(CODE)?;
        let bars = code::bars(address, [MARGIN, self.y, CODE])?;
        let leaf = self.leaves;
        self.leaves += 1;
        self.put(Item::Bars { bars, leaf });
        self.laid.tree.push(Branch::of(Role::Figure(self.laid.figures.len()), leaf));
        self.laid.figures.push(says.to_owned());
        self.y += CODE + 6.0;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), DocumentFault> {
        if text.trim().is_empty() {
            return Ok(());
        }
        // A heading does not end a sheet: its text follows.
        self.keep(HEADING.leading * 2.0 + 24.0 + BODY.leading * 3.0)?;
        if self.y > TOP {
            self.y += 12.0;
        }
        self.laid.parts.push(Part { title: text.to_owned(), sheet: self.laid.sheets.len() - 1, y: self.y });
        let heading = self.text(text, Role::Heading(self.laid.parts.len() - 1), HEADING)?;
        self.laid.tree.push(heading);
        self.y += 2.0;
        self.rule(MARGIN, BREADTH, 0);
        self.y += 6.0;
        Ok(())
    }

    fn paragraph(&mut self, text: &str, style: Style) -> Result<(), DocumentFault> {
        let paragraph = self.text(text, Role::Paragraph, style)?;
        self.laid.tree.push(paragraph);
        self.y += 6.0;
        Ok(())
    }

    /// A text over the whole width.
    fn text(&mut self, text: &str, role: Role, style: Style) -> Result<Branch, DocumentFault> {
        let column = self.column(text, MARGIN, BREADTH, style)?;
        let leaf = column.leaf;
        self.row(&[column])?;
        Ok(Branch::of(role, leaf))
    }

    fn facts(&mut self, facts: &[Fact]) -> Result<(), DocumentFault> {
        let mut list = Vec::new();
        for fact in facts {
            let name = self.column(&fact.name, MARGIN, NAMES, NAME)?;
            let value = self.column(&fact.value, MARGIN + NAMES + GAP, BREADTH - NAMES - GAP, BODY)?;
            list.push(Branch::Group(Role::Point, vec![Branch::of(Role::Label, name.leaf), Branch::of(Role::Body, value.leaf)]));
            self.row(&[name, value])?;
            self.y += 3.0;
        }
        self.y += 5.0;
        self.laid.tree.push(Branch::Group(Role::List, list));
        Ok(())
    }

    fn points(&mut self, points: &[String], mark: &str) -> Result<(), DocumentFault> {
        let mut list = Vec::new();
        for point in points {
            let mark = self.column(mark, MARGIN, MARKS, BODY)?;
            let body = self.column(point, MARGIN + MARKS, BREADTH - MARKS, BODY)?;
            list.push(Branch::Group(Role::Point, vec![Branch::of(Role::Label, mark.leaf), Branch::of(Role::Body, body.leaf)]));
            self.row(&[mark, body])?;
            self.y += 2.0;
        }
        self.y += 5.0;
        self.laid.tree.push(Branch::Group(Role::List, list));
        Ok(())
    }

    fn blank(&mut self, lines: u8) -> Result<(), DocumentFault> {
        self.keep(HAND * f32::from(lines.min(3)))?;
        for _ in 0..lines {
            self.keep(HAND)?;
            self.y += HAND;
            self.rule(MARGIN, BREADTH, 120);
        }
        self.y += 10.0;
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), DocumentFault> {
        let shares: f32 = table.columns.iter().map(|(_, share)| f32::from(*share)).sum::<f32>().max(1.0);
        let mut places = Vec::new();
        let mut x = MARGIN;
        for (_, share) in &table.columns {
            let width = BREADTH * f32::from(*share) / shares;
            places.push((x, width - GAP));
            x += width;
        }
        let names: Vec<&str> = table.columns.iter().map(|(name, _)| name.as_str()).collect();
        let mut rows = vec![self.cells(&names, &places, |_| (Role::ColumnName, STRONG))?];
        self.rule(MARGIN, BREADTH, 0);
        for row in &table.rows {
            self.y += 4.0;
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            rows.push(self.cells(&cells, &places, |index| if index == 0 { (Role::RowName, STRONG) } else { (Role::Cell, BODY) })?);
            self.y += 3.0;
            self.rule(MARGIN, BREADTH, 170);
        }
        self.y += 8.0;
        self.laid.tree.push(Branch::Group(Role::Table, rows));
        Ok(())
    }

    fn cells(&mut self, cells: &[&str], places: &[(f32, f32)], as_what: impl Fn(usize) -> (Role, Style)) -> Result<Branch, DocumentFault> {
        let (mut columns, mut row) = (Vec::new(), Vec::new());
        for (index, (cell, (x, width))) in cells.iter().zip(places).enumerate() {
            let (role, style) = as_what(index);
            let column = self.column(cell, *x, *width, style)?;
            row.push(Branch::of(role, column.leaf));
            columns.push(column);
        }
        self.row(&columns)?;
        Ok(Branch::Group(Role::Row, row))
    }

    fn column(&mut self, text: &str, x: f32, width: f32, style: Style) -> Result<Column, DocumentFault> {
        let face = Face::of(style.weight).ok_or(DocumentFault::Font)?;
        let (text, replaced) = drawable(text, face);
        self.replaced |= replaced;
        let leaf = self.leaves;
        self.leaves += 1;
        Ok(Column { x, lines: cut(&text, face, width / style.size), style, leaf })
    }

    /// Columns side by side, over as many sheets as they need.
    fn row(&mut self, columns: &[Column]) -> Result<(), DocumentFault> {
        let leading = columns.iter().map(|column| column.style.leading).fold(0.0, f32::max);
        let count = columns.iter().map(|column| column.lines.len()).max().unwrap_or(0);
        let begins = if count <= TOGETHER * 2 { count } else { TOGETHER };
        self.keep(leading * f32::from(u8::try_from(begins).unwrap_or(u8::MAX)))?;
        for index in 0..count {
            self.keep(leading)?;
            for column in columns {
                if let Some(line) = column.lines.get(index) {
                    let baseline = self.y + f32::midpoint(leading, column.style.size) - column.style.size * 0.12;
                    let text = Item::Text { x: column.x, baseline, style: column.style, line: line.clone(), leaf: column.leaf };
                    self.put(text);
                }
            }
            self.y += leading;
        }
        Ok(())
    }

    /// Goes on to the next sheet when that height is not left on this one.
    fn keep(&mut self, height: f32) -> Result<(), DocumentFault> {
        if self.y + height <= BOTTOM {
            return Ok(());
        }
        if self.laid.sheets.len() == MOST_SHEETS {
            return Err(DocumentFault::TooLong { most: MOST_SHEETS, unit: "sheets" });
        }
        self.laid.sheets.push(Vec::new());
        self.y = TOP;
        Ok(())
    }

    fn rule(&mut self, x: f32, width: f32, lightness: u8) {
        let y = self.y;
        self.put(Item::Rule { x, y, width, lightness });
    }

    fn put(&mut self, item: Item) {
        if let Some(sheet) = self.laid.sheets.last_mut() {
            sheet.push(item);
        }
    }
}
