//! What a document says, before anybody draws it.

/// A document: A4 sheets under the name of the desk, « Page 1 sur 2 » at the foot of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// « Récépissé de la demande D12 »: its heading, and what readers show above the window.
    pub title: String,
    /// Whose paper it is, at the head of each sheet.
    pub desk: String,
    /// The service behind it, below.
    pub service: String,
    /// What tells a loose sheet from another, at its foot: « Demande D12, version 2 ».
    pub reference: String,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// A piece of a document. Line breaks of the text are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Starts a part; the parts are the document's outline.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A question, before the lines to answer on.
    Question(String),
    /// A paragraph in small print.
    Note(String),
    /// Names and what they are, a line each.
    Facts(Vec<Fact>),
    /// Points, in any order.
    List(Vec<String>),
    /// Boxes to tick with a pen.
    Boxes(Vec<String>),
    /// So many lines to write on with a pen.
    Blank(u8),
    /// Rows under named columns.
    Table(Table),
    /// Whom a letter is for, a line each, where the window of a French envelope shows it. At the beginning, it stands above the
    /// title, as an aside does.
    Addressee(Vec<String>),
    /// What stands on the right of a letter: its place and date, its signature.
    Aside(String),
    /// An address to read with a telephone, drawn as a QR code; `says` is what it is, for whoever does not see it.
    Code {
        /// Where it leads.
        address: String,
        /// « Code QR : la page qui dit… ».
        says: String,
    },
}

/// A name and what it is: « Version », « 2, déposée par Camille Rousseau ».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The name.
    pub name: String,
    /// What it is.
    pub value: String,
}

/// Rows under named columns; the first cell of a row names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Each column's name and its share of the width.
    pub columns: Vec<(String, u8)>,
    /// As many cells a row as there are columns.
    pub rows: Vec<Vec<String>>,
}

impl Fact {
    /// A fact.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

impl Document {
    /// Characters in all.
    pub(super) fn length(&self) -> usize {
        let of = |block: &Block| match block {
            Block::Heading(text) | Block::Question(text) | Block::Paragraph(text) | Block::Note(text) | Block::Aside(text) => text.len(),
            Block::Facts(facts) => facts.iter().map(|fact| fact.name.len() + fact.value.len() + 1).sum(),
            Block::List(points) | Block::Boxes(points) | Block::Addressee(points) => points.iter().map(|point| point.len() + 1).sum(),
            Block::Blank(lines) => usize::from(*lines),
            Block::Code { address, says } => address.len() + says.len(),
            Block::Table(table) => table.rows.iter().flatten().map(|cell| cell.len() + 1).sum(),
        };
        self.blocks.iter().map(of).sum()
    }
}
