//! What people type to find a demande.

use unicode_normalization::UnicodeNormalization;

use crate::ids::{ApplicationId, AuthorizationId};

pub(super) mod store;
mod waiting;
mod word;

pub use waiting::write_waiting_documents;
pub use word::Word;

/// Characters one may type.
const LONGEST: usize = 200;
/// Words looked for; more of them would only take longer to find the same.
const MOST_WORDS: usize = 8;

/// What a search means: a number found exactly, or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// Nothing was searched.
    Nothing,
    /// D12.
    Number(ApplicationId),
    /// H12.
    Authorization(AuthorizationId),
    /// 14 digits.
    Siret(String),
    /// 9 digits.
    Siren(String),
    /// Each of them, anywhere in what names the demande or says what it is for, accents aside.
    Words(Vec<Word>),
    /// What finds nothing, and why.
    Refused(Refusal),
}

/// Why nothing is looked for; its `Display` is the sentence shown instead of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Signs, single letters, or words that stand everywhere.
    #[error(
        "Cette recherche ne contient que des signes, des lettres seules ou des mots trop courants. Indiquez un numéro, ou un mot du nom cherché, par exemple\u{a0}: cantine Clamart."
    )]
    NoWord,
    /// Somebody pasted a text.
    #[error("Cette recherche est trop longue\u{a0}: 200\u{a0}caractères au plus. Gardez-en les quelques mots qui distinguent la demande.")]
    TooLong,
}

impl Search {
    /// Whether it names one demande by its number or by the number of the right it became.
    pub fn is_a_number(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Authorization(_))
    }

    /// Reads what was typed. Digits are a SIRET or a SIREN when there are 14 or 9 of them, a number otherwise.
    pub fn parse(typed: &str) -> Self {
        let typed: String = typed.chars().filter(|c| !c.is_control() || c.is_whitespace()).take(LONGEST * 4 + 1).nfkc().collect();
        let typed = typed.trim();
        if typed.is_empty() {
            return Self::Nothing;
        }
        if typed.chars().count() > LONGEST {
            return Self::Refused(Refusal::TooLong);
        }
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.bytes().all(|byte| byte.is_ascii_digit()) {
            match digits.len() {
                14 => return Self::Siret(digits),
                9 => return Self::Siren(digits),
                _ => {}
            }
        }
        let right = AuthorizationId::parse(typed).map(Self::Authorization);
        ApplicationId::parse(typed).map(Self::Number).or(right).unwrap_or_else(|| Self::words(typed))
    }

    fn words(typed: &str) -> Self {
        let words: Vec<Word> = Word::of(typed).take(MOST_WORDS).collect();
        if words.is_empty() { Self::Refused(Refusal::NoWord) } else { Self::Words(words) }
    }

    /// Whether it is looked for among words.
    pub fn has_words(&self) -> bool {
        matches!(self, Self::Words(_))
    }

    /// Why nothing is looked for, when nothing is.
    pub fn refusal(&self) -> Option<Refusal> {
        if let Self::Refused(refusal) = self { Some(*refusal) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_search_is_a_number_when_it_looks_like_one() {
        assert_eq!(Search::parse(" D12 "), Search::Number(ApplicationId(12)));
        assert_eq!(Search::parse("h7"), Search::Authorization(AuthorizationId(7)));
        assert_eq!(Search::parse("12"), Search::Number(ApplicationId(12)));
        assert_eq!(Search::parse("219 200 235 00014"), Search::Siret("21920023500014".into()));
        assert_eq!(Search::parse("219\u{a0}200\u{a0}235"), Search::Siren("219200235".into()));
        assert_eq!(Search::parse("\u{ff12}\u{ff11}"), Search::Number(ApplicationId(21)), "as some keyboards write digits");
        assert_eq!(Search::parse("Clamart"), Search::Words(vec![Word::Part("Clamart".into())]));
        assert_eq!(Search::parse("\0 \n"), Search::Nothing);
    }

    #[test]
    fn what_would_find_everything_or_nothing_is_told() {
        for typed in ["de la", "%", "_", "'", "\"", "\\", "a", "´ ` ¨", "\u{301}", "l’", "--", "€ & <b>", "les des aux"] {
            assert_eq!(Search::parse(typed), Search::Refused(Refusal::NoWord), "{typed:?}");
        }
        assert_eq!(Search::parse(&"portail ".repeat(1250)), Search::Refused(Refusal::TooLong));
        assert_eq!(Search::parse(&"\u{fdfa}".repeat(10_000)), Search::Refused(Refusal::TooLong), "one sign that stands for eighteen");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read(typed in "\\PC{0,300}|[\\x00-\\x7f]{0,300}") {
            match Search::parse(&typed) {
                Search::Words(words) => prop_assert!((1..=MOST_WORDS).contains(&words.len())),
                Search::Nothing => prop_assert!(typed.chars().all(|c| c.is_whitespace() || c.is_control())),
                other => prop_assert!(!typed.trim().is_empty(), "{:?}", other),
            }
        }
    }
}
