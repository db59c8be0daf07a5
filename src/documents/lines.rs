//! A text cut into lines of a given width (Unicode line breaking, UAX #14), letters in the order people read them (UAX #9).

use unicode_bidi::BidiInfo;
use unicode_linebreak::linebreaks;

use super::font::{Face, Run, UNKNOWN};

/// A line of text: its runs from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub runs: Vec<Run>,
}

impl Line {
    /// For letters of size 1.
    #[cfg(test)]
    fn width(&self) -> f32 {
        self.runs.iter().map(|run| run.width).sum()
    }
}

/// The text with what cannot be drawn replaced by [`UNKNOWN`], and whether anything was. Characters without a shape are left out: a PDF
/// holds only what is seen.
pub(super) fn drawable(text: &str, face: &Face) -> (String, bool) {
    let mut replaced = false;
    let drawn = text
        .chars()
        .filter_map(|c| match c {
            '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\t' => Some(' '),
            c if c.is_control() || has_no_shape(c) => None,
            c if face.draws(c) => Some(c),
            _ => {
                replaced = true;
                Some(UNKNOWN)
            }
        })
        .collect();
    (drawn, replaced)
}

/// Joiners, direction marks, variation selectors, soft hyphens and tags: they only change what stands beside them.
fn has_no_shape(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fff8}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Cuts a drawable text into lines; `width` is for letters of size 1. An empty text is one empty line.
pub(super) fn cut(text: &str, face: &Face, width: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let bidi = BidiInfo::new(paragraph, None);
        let mut start = 0;
        for end in ends(paragraph, face, width) {
            lines.push(line(&bidi, paragraph, start..end, face));
            start = end;
        }
    }
    lines
}

/// Where each line of a paragraph ends.
fn ends(paragraph: &str, face: &Face, width: f32) -> Vec<usize> {
    let measure = |text: &str| face.shape(text, false).width;
    let mut ends = Vec::new();
    let (mut start, mut used) = (0, 0.0);
    for (end, _) in linebreaks(paragraph) {
        let word = &paragraph[start..end];
        // Spaces at the end of a line take no room.
        let seen = measure(word.trim_end_matches(' '));
        if used > 0.0 && used + seen > width {
            ends.push(start);
            used = 0.0;
        }
        if seen > width {
            used = cut_word(paragraph, start..end, width, face, &mut ends);
        } else {
            used += measure(word);
        }
        start = end;
    }
    ends.push(paragraph.len());
    ends
}

/// A word longer than a line is cut where the line ends; returns what its last piece takes.
fn cut_word(paragraph: &str, word: std::ops::Range<usize>, width: f32, face: &Face, ends: &mut Vec<usize>) -> f32 {
    let mut used = 0.0;
    for (at, c) in paragraph[word.clone()].char_indices() {
        let wide = face.advance(c);
        if used > 0.0 && used + wide > width {
            ends.push(word.start + at);
            used = 0.0;
        }
        used += wide;
    }
    used
}

fn line(bidi: &BidiInfo<'_>, paragraph: &str, range: std::ops::Range<usize>, face: &Face) -> Line {
    if range.is_empty() {
        return Line::default();
    }
    let Some(whole) = bidi.paragraphs.first().filter(|_| bidi.has_rtl()) else {
        return Line { runs: vec![face.shape(&paragraph[range], false)] };
    };
    let (levels, runs) = bidi.visual_runs(whole, range);
    Line { runs: runs.into_iter().map(|run| face.shape(&paragraph[run.clone()], levels[run.start].is_rtl())).collect() }
}

#[cfg(test)]
mod tests {
    use super::{super::font::Weight, *};

    fn regular() -> &'static Face {
        Face::of(Weight::Regular).expect("the font is inside the program")
    }

    fn words(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    #[test]
    fn a_text_is_cut_between_words_and_loses_none() {
        let text = "Le service chargé de votre demande l’examine.\n\nPuis il répond\u{a0}: «\u{a0}oui\u{a0}».";
        let lines = cut(text, regular(), 12.0);
        assert_eq!(words(&lines).concat(), text.replace('\n', ""));
        assert!(lines.len() > 3);
        for line in words(&lines) {
            assert!(!line.starts_with([' ', ':', '»']), "{line:?}");
        }
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut_at_its_end() {
        let lines = cut(&"w".repeat(200), regular(), 10.0);
        assert!(lines.len() > 10);
        assert!(lines.iter().all(|line| line.width() <= 10.0));
    }

    #[test]
    fn arabic_is_laid_from_right_to_left_inside_a_french_line() {
        let lines = cut("Nom : محمد علي, né à Tunis", regular(), 100.0);
        let [line] = lines.as_slice() else { panic!("one line") };
        assert_eq!(line.runs.len(), 3);
        assert!(line.runs[1].text.contains("محمد علي"));
    }

    #[test]
    fn what_no_font_draws_is_shown_as_a_box_and_what_has_no_shape_is_left_out() {
        let drawn = |text| drawable(text, regular());
        assert_eq!(
            drawn("Œuvre n°\u{a0}1, 12\u{202f}000\u{a0}€ – Łódź, Ελλάδα, Київ"),
            ("Œuvre n°\u{a0}1, 12\u{202f}000\u{a0}€ – Łódź, Ελλάδα, Київ".into(), false)
        );
        assert_eq!(drawn("a\u{1f469}\u{200d}\u{1f4bb}b"), ("a□□b".into(), true));
        assert_eq!(drawn("漢字"), ("□□".into(), true));
        assert_eq!(drawn("a\u{202e}b\0c\td\u{feff}"), ("abc d".into(), false));
    }
}
