//! Two texts, word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both texts.
    Kept(String),
    /// Only in the older.
    Removed(String),
    /// Only in the newer.
    Added(String),
}

/// What stands between two places the texts share.
enum Run {
    Same(String),
    Other { before: String, after: String },
}

/// What was kept, removed and added, in reading order; nothing at all when the texts are the same.
///
/// Where hardly a word was kept, the whole older text then the whole newer one: confetti would be read by nobody.
pub fn compare_texts(before: &str, after: &str) -> Vec<Piece> {
    if before == after {
        return Vec::new();
    }
    let runs = joined(runs(before, after));
    let kept: usize = runs.iter().map(|run| if let Run::Same(text) = run { letters(text) } else { 0 }).sum();
    if kept * 3 < letters(before).max(letters(after)) {
        return pieces(vec![Run::Other { before: before.to_owned(), after: after.to_owned() }]);
    }
    pieces(runs)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Words, runs of spaces, and every other sign by itself.
fn tokens(text: &str) -> Vec<&str> {
    let class = |c: char| if c.is_alphanumeric() { Some(true) } else { c.is_whitespace().then_some(false) };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        if last.is_some_and(|last| class(last).is_none() || class(last) != class(c)) {
            tokens.push(&text[start..at]);
            start = at;
        }
        last = Some(c);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

fn runs(before: &str, after: &str) -> Vec<Run> {
    let (old, new) = (tokens(before), tokens(after));
    capture_diff_slices(Algorithm::Myers, &old, &new)
        .into_iter()
        .map(|op| match op {
            DiffOp::Equal { old_index, len, .. } => Run::Same(old[old_index..old_index + len].concat()),
            changed => Run::Other { before: old[changed.old_range()].concat(), after: new[changed.new_range()].concat() },
        })
        .collect()
}

/// Neighbouring changes made one: what stands between two of them and holds no word belongs to both.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        let Run::Other { before: removed, after: added } = run else {
            joined.push(run);
            continue;
        };
        let between = match joined.last() {
            Some(Run::Same(text)) if letters(text) == 0 && joined.len() > 1 => text.clone(),
            _ => String::new(),
        };
        if !between.is_empty() {
            joined.pop();
        }
        match joined.last_mut() {
            Some(Run::Other { before, after }) => {
                before.push_str(&between);
                before.push_str(&removed);
                after.push_str(&between);
                after.push_str(&added);
            }
            _ => joined.push(Run::Other { before: removed, after: added }),
        }
    }
    joined
}

fn pieces(runs: Vec<Run>) -> Vec<Piece> {
    runs.into_iter()
        .flat_map(|run| match run {
            Run::Same(text) => [Some(Piece::Kept(text)), None],
            Run::Other { before, after } => {
                [(!before.is_empty()).then_some(Piece::Removed(before)), (!after.is_empty()).then_some(Piece::Added(after))]
            }
        })
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kept(text: &str) -> Piece {
        Piece::Kept(text.into())
    }
    fn removed(text: &str) -> Piece {
        Piece::Removed(text.into())
    }
    fn added(text: &str) -> Piece {
        Piece::Added(text.into())
    }

    #[test]
    fn a_sentence_is_compared_word_by_word() {
        let pieces =
            compare_texts("Vente de titres de transport et de souvenirs.", "Vente de titres de transport régional et de souvenirs.");
        assert_eq!(pieces, [kept("Vente de titres de transport "), added("régional "), kept("et de souvenirs.")]);
        let pieces = compare_texts("Les données sont gardées 60 mois.", "Les données sont gardées 24 mois.");
        assert_eq!(pieces, [kept("Les données sont gardées "), removed("60"), added("24"), kept(" mois.")]);
    }

    #[test]
    fn changes_that_only_a_space_parts_are_one_change() {
        let pieces = compare_texts("Le service scolaire municipal garde les fiches.", "Le service de l’enfance garde les fiches.");
        assert_eq!(pieces, [kept("Le service "), removed("scolaire municipal"), added("de l’enfance"), kept(" garde les fiches.")]);
    }

    #[test]
    fn texts_with_nothing_in_common_are_shown_one_after_the_other() {
        assert_eq!(
            compare_texts("Un deux trois quatre.", "Rien de tel ici."),
            [removed("Un deux trois quatre."), added("Rien de tel ici.")]
        );
        assert_eq!(compare_texts("", "Neuf."), [added("Neuf.")]);
        assert_eq!(compare_texts("Vieux.", ""), [removed("Vieux.")]);
    }

    /// Few words, so that texts have some in common.
    fn texts() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof!["[abé]{1,2}", Just(" ".to_owned()), Just("\n".to_owned()), Just("’".to_owned()), "\\PC"],
            0..24,
        )
        .prop_map(|words| words.concat())
    }

    proptest! {
        #[test]
        fn what_is_kept_and_added_is_the_newer_text_and_what_is_kept_and_removed_the_older(before in texts(), after in texts()) {
            let pieces = compare_texts(&before, &after);
            let read = |without: fn(&Piece) -> bool| -> String {
                pieces.iter().filter(|piece| !without(piece)).map(|piece| match piece {
                    Piece::Kept(text) | Piece::Removed(text) | Piece::Added(text) => text.as_str(),
                }).collect()
            };
            if before != after {
                prop_assert_eq!(read(|piece| matches!(piece, Piece::Removed(_))), after);
                prop_assert_eq!(read(|piece| matches!(piece, Piece::Added(_))), before);
            }
        }

        #[test]
        fn the_same_text_shows_nothing(text in texts()) {
            prop_assert!(compare_texts(&text, &text).is_empty());
        }

        #[test]
        fn a_text_cut_into_words_is_the_same_text(text in "\\PC{0,40}") {
            prop_assert_eq!(tokens(&text).concat(), text);
        }
    }
}
