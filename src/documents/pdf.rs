//! Sheets drawn as a PDF, tagged and checked against PDF/UA-1 (ISO 14289-1) as it is written.

use std::num::NonZeroU16;

use krilla::{
    Document as Pdf, SerializeSettings,
    color::luma,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree},
};

use super::{
    document::Document,
    fault::DocumentFault,
    font::Face,
    lines::{Line, cut, drawable},
    sheet::{BREADTH, Branch, DESK, HEIGHT, Item, Laid, MARGIN, Part, Role, SMALL, Style, WIDTH},
};

const LANGUAGE: &str = "fr-FR";

/// What headings are called.
struct Titles<'a> {
    document: &'a str,
    parts: &'a [Part],
    figures: &'a [String],
}

/// Draws the sheets of a document.
///
/// # Errors
/// [`DocumentFault::Writing`] when the PDF would not be PDF/UA-1; [`DocumentFault::Font`].
pub(super) fn draw(document: &Document, laid: &Laid) -> Result<Vec<u8>, DocumentFault> {
    let mut pdf = Pdf::new_with(settings()?);
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| DocumentFault::Writing("no such sheet".into()))?;
    let mut pieces: Vec<Vec<Identifier>> = Vec::new();
    for (index, sheet) in laid.sheets.iter().enumerate() {
        let mut page = pdf.start_page_with(size.clone());
        let mut surface = page.surface();
        around(&mut surface, document, index + 1, laid.sheets.len())?;
        for item in sheet {
            match item {
                Item::Rule { x, y, width, lightness } => rule(&mut surface, *x, *y, *width, *lightness),
                Item::Text { x, baseline, style, line, leaf } => {
                    let piece = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                    write(&mut surface, line, *x, *baseline, *style)?;
                    surface.end_tagged();
                    keep(&mut pieces, *leaf, piece);
                }
                Item::Bars { bars: drawn, leaf } => {
                    let piece = surface.start_tagged(ContentTag::Other);
                    bars(&mut surface, drawn);
                    surface.end_tagged();
                    keep(&mut pieces, *leaf, piece);
                }
            }
        }
        surface.finish();
        page.finish();
    }
    let titles = Titles { document: &document.title, parts: &laid.parts, figures: &laid.figures };
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.into()));
    for branch in &laid.tree {
        if let Branch::Group(role, children) = branch {
            tree.push(group(*role, children, &mut pieces, &titles));
        }
    }
    pdf.set_tag_tree(tree);
    pdf.set_outline(outline(document, laid));
    pdf.set_metadata(
        Metadata::new()
            .title(document.title.clone())
            .language(LANGUAGE.into())
            .authors(vec![document.service.clone()])
            .creator(document.desk.clone()),
    );
    pdf.finish().map_err(|error| DocumentFault::Writing(format!("{error}: {error:?}").chars().take(500).collect()))
}

fn keep(pieces: &mut Vec<Vec<Identifier>>, leaf: usize, piece: Identifier) {
    if pieces.len() <= leaf {
        pieces.resize_with(leaf + 1, Vec::new);
    }
    pieces[leaf].push(piece);
}

fn settings() -> Result<SerializeSettings, DocumentFault> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| DocumentFault::Writing(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn ink(lightness: u8) -> Fill {
    Fill { paint: luma::Color::new(lightness).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

/// The name of the desk above, the number of the sheet below: repeated on each, said once to whoever does not see.
fn around(surface: &mut Surface<'_>, document: &Document, number: usize, count: usize) -> Result<(), DocumentFault> {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Header)));
    label(surface, &document.desk, MARGIN, 47.0, DESK)?;
    label(surface, &document.service, MARGIN, 60.0, SMALL)?;
    surface.end_tagged();
    rule(surface, MARGIN, 69.0, BREADTH, 0);
    rule(surface, MARGIN, HEIGHT - 49.0, BREADTH, 170);
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    let at = format!("Page\u{a0}{number} sur {count}");
    let face = Face::of(SMALL.weight).ok_or(DocumentFault::Font)?;
    let width = face.shape(&at, false).width * SMALL.size;
    label(surface, &at, WIDTH - MARGIN - width, HEIGHT - 35.0, SMALL)?;
    label(surface, &document.reference, MARGIN, HEIGHT - 35.0, SMALL)?;
    surface.end_tagged();
    Ok(())
}

/// One line, as much of it as stands in the width.
fn label(surface: &mut Surface<'_>, text: &str, x: f32, baseline: f32, style: Style) -> Result<(), DocumentFault> {
    let face = Face::of(style.weight).ok_or(DocumentFault::Font)?;
    let room = (BREADTH - 80.0) / style.size;
    match cut(&drawable(text, face).0, face, room).first() {
        Some(line) => write(surface, line, x, baseline, style),
        None => Ok(()),
    }
}

fn write(surface: &mut Surface<'_>, line: &Line, x: f32, baseline: f32, style: Style) -> Result<(), DocumentFault> {
    let face = Face::of(style.weight).ok_or(DocumentFault::Font)?;
    surface.set_fill(Some(ink(style.lightness)));
    let mut x = x;
    for run in &line.runs {
        surface.draw_glyphs(Point::from_xy(x, baseline), &run.glyphs, face.drawn.clone(), &run.text, style.size, false);
        x += run.width * style.size;
    }
    Ok(())
}

fn rule(surface: &mut Surface<'_>, x: f32, y: f32, width: f32, lightness: u8) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(x, y, width, 0.6) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        surface.set_fill(Some(ink(lightness)));
        surface.draw_path(&path);
        surface.end_tagged();
    }
}

/// Black bars, as one path.
fn bars(surface: &mut Surface<'_>, bars: &[[f32; 4]]) {
    let mut path = PathBuilder::new();
    for [x, y, width, height] in bars {
        if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
            path.push_rect(rect);
        }
    }
    if let Some(path) = path.finish() {
        surface.set_fill(Some(ink(0)));
        surface.draw_path(&path);
    }
}

fn group(role: Role, children: &[Branch], pieces: &mut [Vec<Identifier>], titles: &Titles<'_>) -> TagGroup {
    let level = |level: u16| NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    let mut group = match role {
        Role::Title => TagGroup::new(Tag::Hn(level(1), Some(titles.document.to_owned()))),
        Role::Heading(part) => TagGroup::new(Tag::Hn(level(2), titles.parts.get(part).map(|part| part.title.clone()))),
        Role::Paragraph => TagGroup::new(Tag::P),
        Role::List => TagGroup::new(Tag::L(ListNumbering::None)),
        Role::Point => TagGroup::new(Tag::LI),
        Role::Label => TagGroup::new(Tag::Lbl),
        Role::Body => TagGroup::new(Tag::LBody),
        Role::Table => TagGroup::new(Tag::Table),
        Role::Row => TagGroup::new(Tag::TR),
        Role::ColumnName => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
        Role::RowName => TagGroup::new(Tag::TH(TableHeaderScope::Row)),
        Role::Cell => TagGroup::new(Tag::TD),
        Role::Figure(figure) => TagGroup::new(Tag::Figure(titles.figures.get(figure).cloned())),
    };
    for child in children {
        match child {
            Branch::Group(role, children) => group.push(self::group(*role, children, pieces, titles)),
            Branch::Leaf(leaf) => {
                for piece in pieces.get_mut(*leaf).map(std::mem::take).unwrap_or_default() {
                    group.push(piece);
                }
            }
        }
    }
    group
}

fn outline(document: &Document, laid: &Laid) -> Outline {
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(document.title.clone(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    for part in &laid.parts {
        outline.push_child(OutlineNode::new(part.title.clone(), XyzDestination::new(part.sheet, Point::from_xy(0.0, part.y))));
    }
    outline
}
