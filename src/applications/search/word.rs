//! The words of a search: what an index can find, and nothing else.

/// Words too frequent in names to tell anything, without accents; French « à » and « où » among them.
const EMPTY_WORDS: [&str; 40] = [
    "a", "au", "aux", "avec", "ce", "ces", "cette", "dans", "de", "des", "du", "elle", "elles", "en", "est", "et", "eux", "il", "ils",
    "la", "le", "les", "leur", "leurs", "ou", "par", "pas", "pour", "qui", "que", "sa", "ses", "son", "sur", "un", "une", "vos", "votre",
    "nos", "notre",
];

/// One word looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Found anywhere, inside another word too: three letters or digits in a row at least, for an index knows texts by threes.
    Part(String),
    /// Two letters or digits, found as a whole word only.
    Whole(String),
}

impl Word {
    /// The words of a text, in order. Of an address of the web, the name of its server; signs around a word and words that stand
    /// everywhere are left out.
    pub fn of(typed: &str) -> impl Iterator<Item = Self> {
        typed.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’')).flat_map(Self::of_token)
    }

    fn of_token(token: &str) -> Vec<Self> {
        let token = server_of(token).trim_matches(|c: char| !c.is_alphanumeric());
        if is_empty_word(token) {
            return Vec::new();
        }
        let pieces = || token.split(|c: char| !c.is_alphanumeric());
        if pieces().any(|piece| piece.chars().count() >= 3) {
            return vec![Self::Part(token.to_owned())];
        }
        pieces().filter(|piece| piece.chars().count() == 2 && !is_empty_word(piece)).map(|piece| Self::Whole(piece.to_owned())).collect()
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Part(word) | Self::Whole(word) => word,
        }
    }
}

fn is_empty_word(word: &str) -> bool {
    let lower = word.to_lowercase().replace('à', "a").replace('ù', "u");
    EMPTY_WORDS.contains(&lower.as_str())
}

/// The name of the server of an address of the web, without « www »; anything else as it is.
fn server_of(token: &str) -> &str {
    let after = |prefix: &str| token.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix)).map(|_| &token[prefix.len()..]);
    match after("https://").or_else(|| after("http://")) {
        Some(address) => {
            let server = address.split(['/', '?', '#']).next().unwrap_or_default();
            server.strip_prefix("www.").unwrap_or(server)
        }
        None => token,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(typed: &str) -> Vec<String> {
        Word::of(typed)
            .map(|word| match word {
                Word::Part(word) => word,
                Word::Whole(word) => format!("={word}"),
            })
            .collect()
    }

    #[test]
    fn words_are_what_an_index_finds() {
        for (typed, found) in [
            ("portail des familles", &["portail", "familles"][..]),
            ("l’été à Saint-Ouen", &["été", "Saint-Ouen"]),
            ("« Cantine », (école)", &["Cantine", "école"]),
            ("St Denis 93", &["=St", "Denis", "=93"]),
            ("maire@clamart.test", &["maire@clamart.test"]),
            ("https://www.clamart.fr/portail?a=b HTTP://x-y.org#z", &["clamart.fr", "x-y.org"]),
            ("92-93 a.b-c", &["=92", "=93"]),
            ("100% a_bcd", &["100", "a_bcd"]),
            ("東京", &["=東京"]),
            ("où à LA", &[]),
        ] {
            assert_eq!(words(typed), found, "{typed}");
        }
    }
}
