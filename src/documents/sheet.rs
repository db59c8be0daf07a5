//! Sheets as laid out: what stands where, and what each piece means.

use super::{font::Weight, lines::Line};

/// A4, in points.
pub(super) const WIDTH: f32 = 595.28;
/// A4, in points.
pub(super) const HEIGHT: f32 = 841.89;
/// Left and right, 22 mm: the holes of a binder leave the text alone.
pub(super) const MARGIN: f32 = 62.36;
/// Where the text starts, below the name of the desk.
pub(super) const TOP: f32 = 92.0;
/// Where it stops, above the foot.
pub(super) const BOTTOM: f32 = HEIGHT - 64.0;
/// What is left for the text.
pub(super) const BREADTH: f32 = WIDTH - 2.0 * MARGIN;

/// How a text looks. Black or dark grey: every document is read as well from a black and white printer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub size: f32,
    /// From a line to the next.
    pub leading: f32,
    pub weight: Weight,
    /// 0 is black.
    pub lightness: u8,
}

const fn style(size: f32, leading: f32, weight: Weight, lightness: u8) -> Style {
    Style { size, leading, weight, lightness }
}

pub(super) const TITLE: Style = style(19.0, 25.0, Weight::Bold, 0);
pub(super) const HEADING: Style = style(12.5, 17.0, Weight::Bold, 0);
pub(super) const BODY: Style = style(10.0, 14.5, Weight::Regular, 0);
pub(super) const STRONG: Style = style(10.0, 14.5, Weight::Bold, 0);
pub(super) const NAME: Style = style(10.0, 14.5, Weight::Regular, 70);
pub(super) const SMALL: Style = style(8.5, 12.0, Weight::Regular, 70);
pub(super) const DESK: Style = style(10.0, 13.0, Weight::Bold, 0);

/// Something on a sheet.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A line of the piece numbered `leaf`.
    Text { x: f32, baseline: f32, style: Style, line: Line, leaf: usize },
    /// A thin line: decoration.
    Rule { x: f32, y: f32, width: f32, lightness: u8 },
    /// Black bars, each `(x, y, width, height)`, that are one picture numbered `leaf`.
    Bars { bars: Vec<[f32; 4]>, leaf: usize },
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    /// The part of that index.
    Heading(usize),
    Paragraph,
    List,
    Point,
    Label,
    Body,
    Table,
    Row,
    ColumnName,
    RowName,
    Cell,
    /// The picture of that index.
    Figure(usize),
}

/// What the pieces of text are to one another.
#[derive(Clone, Debug)]
pub(super) enum Branch {
    Group(Role, Vec<Branch>),
    Leaf(usize),
}

impl Branch {
    /// A piece alone in its role.
    pub(super) fn of(role: Role, leaf: usize) -> Self {
        Self::Group(role, vec![Self::Leaf(leaf)])
    }
}

/// A part, for the outline.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub title: String,
    pub sheet: usize,
    pub y: f32,
}

/// The whole document, laid out.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub sheets: Vec<Vec<Item>>,
    pub tree: Vec<Branch>,
    pub parts: Vec<Part>,
    /// What each picture is, in words.
    pub figures: Vec<String>,
}
