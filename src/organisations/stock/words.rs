//! Words as names are searched by: without case nor accents, the same way when a stock is imported and when somebody types.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Too frequent to tell anything; neither kept nor searched.
const EMPTY_WORDS: [&str; 16] = ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par", "pour", "sur"];
/// Bytes of a word; no real one is longer.
const LONGEST: usize = 60;

/// Words of a row, in one buffer that serves for the next.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    spans: Vec<(usize, usize)>,
}

impl Words {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.spans.clear();
    }

    /// Adds the words of a text.
    pub(super) fn add(&mut self, text: &str) {
        if text.is_ascii() {
            self.add_letters(text.bytes().map(char::from));
        } else {
            self.add_letters(text.nfkd());
        }
    }

    fn add_letters(&mut self, letters: impl Iterator<Item = char>) {
        let mut start = self.text.len();
        for letter in letters {
            if letter.is_ascii_alphanumeric() {
                self.text.push(letter.to_ascii_lowercase());
            } else if is_combining_mark(letter) {
                // The accent of the letter before.
            } else if letter.is_alphanumeric() {
                match letter {
                    'œ' | 'Œ' => self.text.push_str("oe"),
                    'æ' | 'Æ' => self.text.push_str("ae"),
                    'ß' | 'ẞ' => self.text.push_str("ss"),
                    _ => self.text.extend(letter.to_lowercase()),
                }
            } else {
                start = self.end_word(start);
            }
        }
        self.end_word(start);
    }

    fn end_word(&mut self, start: usize) -> usize {
        let word = &self.text[start..];
        if word.is_empty() || word.len() > LONGEST || EMPTY_WORDS.contains(&word) {
            self.text.truncate(start);
        } else {
            self.spans.push((start, self.text.len()));
        }
        self.text.len()
    }

    /// In the order they were added.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.spans.iter().map(|(start, end)| &self.text[*start..*end])
    }

    /// Each once, in the order of their bytes: that of a tsvector.
    pub(super) fn sorted(&mut self) -> impl Iterator<Item = &str> {
        let Self { text, spans } = self;
        let word = |span: &(usize, usize)| &text[span.0..span.1];
        spans.sort_unstable_by(|one, other| word(one).cmp(word(other)));
        spans.dedup_by(|one, other| word(one) == word(other));
        spans.iter().map(|(start, end)| &text[*start..*end])
    }
}

/// The words of a text.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let mut words = Words::default();
    words.add(text);
    words.iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_lose_case_accents_and_small_words() {
        for (text, words) in [
            ("COMMUNE DE CLAMART", vec!["commune", "clamart"]),
            ("L’Haÿ-les-Roses", vec!["hay", "roses"]),
            ("Œuvre d'Élise & fils", vec!["oeuvre", "elise", "fils"]),
            ("E\u{301}cole n°\u{a0}2", vec!["ecole", "n", "2"]),
            ("C.C.A.S.", vec!["c", "c", "s"]),
            ("Straße", vec!["strasse"]),
            (" de la – ", vec![]),
        ] {
            assert_eq!(words_of(text), words, "{text}");
        }
    }

    #[test]
    fn a_tsvector_holds_each_word_once_in_order() {
        let mut words = Words::default();
        words.add("Zoo de Beauval");
        words.add("ZOO PARC");
        assert_eq!(words.sorted().collect::<Vec<_>>(), ["beauval", "parc", "zoo"]);
        words.clear();
        assert_eq!(words.sorted().count(), 0);
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in "\\PC{0,40}") {
            let words = words_of(&text);
            prop_assert_eq!(words_of(&words.join(" ")), words.clone());
            for word in words {
                prop_assert!(word.chars().all(char::is_alphanumeric), "{word}");
            }
        }
    }
}
