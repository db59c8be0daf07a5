//! The two fonts of our documents, inside the program: `DejaVu` Sans Condensed (Bitstream Vera licence, changes in the public domain). It draws
//! Latin, Greek, Cyrillic, Hebrew and Arabic letters, so that names are read as they are written.

use std::sync::LazyLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};

/// What stands for a character no font here draws.
pub(super) const UNKNOWN: char = '\u{25a1}';

/// How thick the letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// A font as it is measured and as it is drawn.
pub(super) struct Face {
    shaper: rustybuzz::Face<'static>,
    pub drawn: Font,
}

/// Letters side by side, in one direction.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// For letters of size 1.
    pub width: f32,
}

static FACES: LazyLock<Option<[Face; 2]>> =
    LazyLock::new(|| Some([Face::read(dejavu::sans_condensed::regular())?, Face::read(dejavu::sans_condensed::bold())?]));

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        Some(Self { shaper: rustybuzz::Face::from_slice(bytes, 0)?, drawn: Font::new(bytes.into(), 0)? })
    }

    /// The font of that weight; nothing if the program's own copy cannot be read.
    pub(super) fn of(weight: Weight) -> Option<&'static Self> {
        let [regular, bold] = FACES.as_ref()?;
        Some(match weight {
            Weight::Regular => regular,
            Weight::Bold => bold,
        })
    }

    pub(super) fn draws(&self, c: char) -> bool {
        self.shaper.glyph_index(c).is_some()
    }

    /// What a character takes alone, for letters of size 1.
    pub(super) fn advance(&self, c: char) -> f32 {
        let glyph = self.shaper.glyph_index(c).and_then(|glyph| self.shaper.glyph_hor_advance(glyph));
        f32::from(glyph.unwrap_or_default()) / self.drawn.units_per_em()
    }

    /// Chooses and places the glyphs of a text that is read in one direction.
    pub(super) fn shape(&self, text: &str, right_to_left: bool) -> Run {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
        let shaped = rustybuzz::shape(&self.shaper, &[], buffer);
        let em = self.drawn.units_per_em();
        let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let glyphs: Vec<KrillaGlyph> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, place)| {
                let start = info.cluster as usize;
                let end = starts.get(starts.partition_point(|other| *other <= start)).copied().unwrap_or(text.len());
                #[expect(clippy::cast_precision_loss, reason = "units of a font are far below 2^24")]
                let of_em = |units: i32| units as f32 / em;
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    of_em(place.x_advance),
                    of_em(place.x_offset),
                    of_em(place.y_offset),
                    of_em(place.y_advance),
                    start..end,
                    None,
                )
            })
            .collect();
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Run { text: text.to_owned(), glyphs, width }
    }
}
