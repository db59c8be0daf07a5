//! What a password must be: long, and not one that somebody would try first. Nothing else is asked (no digit, no capital).
//!
//! Texts are compared in Unicode's composed form (NFC), so that « é » typed on another keyboard stays the same password; nothing else is
//! changed, neither spaces nor case. Lengths follow OWASP ASVS 5.0 (6.2.1, 6.2.9); the list and the words, 6.1.2, 6.2.4, 6.2.11 and 6.2.12.

use std::{collections::HashSet, sync::LazyLock};

use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::person::EmailAddress;

/// Characters an applicant's password has at least.
pub const LEAST: usize = 12;
/// The same for somebody of the team.
pub const LEAST_STAFF: usize = 16;
/// Characters a password may have: enough for any phrase, too few to keep the machine busy.
pub const MOST: usize = 256;

/// A text typed in a password field; shown nowhere.
#[derive(Clone, Debug)]
pub struct TypedPassword(SecretString);

impl TypedPassword {
    /// Takes what was typed, composed.
    pub fn read(typed: &str) -> Self {
        Self(typed.nfc().collect::<String>().into())
    }

    /// How many characters.
    pub fn length(&self) -> usize {
        self.expose().chars().count()
    }

    /// Nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }

    /// The text itself, for the hash alone.
    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// A password somebody may have.
#[derive(Clone, Debug)]
pub struct Password(TypedPassword);

/// Why a password is refused, in a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Nothing was typed.
    #[error("Choisissez un mot de passe.")]
    Empty,
    /// Too few characters.
    #[error("Ce mot de passe a {length} caractères, il en faut au moins {least}. Ajoutez un ou deux mots.")]
    TooShort {
        /// Characters typed.
        length: usize,
        /// Characters needed.
        least: usize,
    },
    /// Too many characters.
    #[error("Ce mot de passe a {length} caractères, {MOST} au plus. Raccourcissez-le.")]
    TooLong {
        /// Characters typed.
        length: usize,
    },
    /// On the list of those tried first.
    #[error("Ce mot de passe est parmi les premiers qu’on essaie. Choisissez plutôt quatre mots sans rapport entre eux.")]
    TooCommon,
    /// The same few characters, or a row of the keyboard.
    #[error("Ce mot de passe suit un motif trop simple à deviner. Choisissez plutôt quatre mots sans rapport entre eux.")]
    TooSimple,
    /// It says who chose it, or for which site.
    #[error("Ce mot de passe contient « {word} », qu’on essaierait en premier. Choisissez-en un sans ce mot.")]
    TooClose {
        /// The word found.
        word: String,
    },
}

/// Whose password is chosen: how long it must be, which words it may not hold.
#[derive(Clone, Debug)]
pub struct PasswordOwner {
    least: usize,
    words: Vec<String>,
}

/// What this site is called, as somebody guessing would write it.
const WORDS_OF_THE_DESK: [&str; 5] = ["franceconnect", "dinum", "guichet", "habilitation", "proconnect"];

/// Shorter words are part of too many others.
const SHORTEST_WORD: usize = 4;

impl PasswordOwner {
    /// The person who will have it; without an address while the one they typed cannot be read.
    pub fn new(is_staff: bool, email: Option<&EmailAddress>, names: [&str; 2]) -> Self {
        let (local, domain) = email.and_then(|email| email.as_str().rsplit_once('@')).unwrap_or_default();
        let is_separator = |c: char| !c.is_alphanumeric();
        let names = names.into_iter().flat_map(|name| name.split(is_separator));
        // « interieur » and « gouv » of interieur.gouv.fr
        let organisation = domain.rsplit('.').skip(1);
        let personal = local.split(is_separator).chain(names).chain(organisation);
        let words = personal.map(fold).filter(|word| word.len() >= SHORTEST_WORD && !word.bytes().all(|byte| byte.is_ascii_digit()));
        Self {
            least: if is_staff { LEAST_STAFF } else { LEAST },
            words: WORDS_OF_THE_DESK.iter().map(|word| (*word).to_owned()).chain(words).collect(),
        }
    }

    /// What to tell them before they choose.
    pub fn advice(&self) -> String {
        advice(self.least)
    }
}

/// What to tell somebody who chooses a password of at least that many characters.
pub fn advice(least: usize) -> String {
    format!("{least} caractères au moins. Quatre mots sans rapport entre eux conviennent ; ni chiffre ni majuscule n’est exigé.")
}

impl Password {
    /// Accepts or refuses a password somebody chooses.
    ///
    /// # Errors
    /// [`PasswordFault`] with the sentence to show.
    pub fn choose(typed: &str, owner: &PasswordOwner) -> Result<Self, PasswordFault> {
        let typed = TypedPassword::read(typed);
        let length = typed.length();
        if length == 0 {
            return Err(PasswordFault::Empty);
        }
        if length < owner.least {
            return Err(PasswordFault::TooShort { length, least: owner.least });
        }
        if length > MOST {
            return Err(PasswordFault::TooLong { length });
        }
        let folded = fold(typed.expose());
        if is_pattern(typed.expose()) {
            return Err(PasswordFault::TooSimple);
        }
        if is_refused(&folded) {
            return Err(PasswordFault::TooCommon);
        }
        if let Some(word) = owner.words.iter().find(|word| folded.contains(word.as_str())) {
            return Err(PasswordFault::TooClose { word: word.clone() });
        }
        Ok(Self(typed))
    }

    pub(super) fn typed(&self) -> &TypedPassword {
        &self.0
    }
}

/// The letters and digits of a text, without case or accents: how a guess is compared with a word.
fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Digits and signs that stand for letters in the first things tried.
fn unmask(folded: &str) -> String {
    folded
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            other => other,
        })
        .collect()
}

static REFUSED: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("refused_passwords.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect());

fn is_refused(folded: &str) -> bool {
    let stem = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    let unmasked = unmask(stem);
    let with_digits = format!("{unmasked}{}", &folded[stem.len()..]);
    [folded, stem, &unmasked, &with_digits].iter().any(|text| REFUSED.contains(text))
}

/// The same text twice or more.
fn is_repeated(characters: &[char]) -> bool {
    (1..=characters.len() / 2).any(|period| characters.iter().zip(&characters[period..]).all(|(a, b)| a == b))
}

/// Few different characters, a text repeated, or neighbours on the keyboard or in the alphabet nearly all along.
fn is_pattern(text: &str) -> bool {
    const ROWS: [&str; 8] = [
        "abcdefghijklmnopqrstuvwxyz",
        "01234567890123456789",
        "azertyuiopqsdfghjklmwxcvbn",
        "qwertyuiopasdfghjklzxcvbnm",
        "&é\"'(-è_çà)=",
        "1a2z3e4r5t6y7u8i9o0p",
        "1q2w3e4r5t6y7u8i9o0p",
        "aqwzsxedcrfvtgbyhnuj",
    ];
    let characters: Vec<char> = text.to_lowercase().chars().collect();
    if characters.iter().collect::<HashSet<_>>().len() < 5 || is_repeated(&characters) {
        return true;
    }
    let neighbours = |a: char, b: char| {
        ROWS.iter().any(|row| {
            let row: Vec<char> = row.chars().collect();
            row.windows(2).any(|pair| (pair[0] == a && pair[1] == b) || (pair[0] == b && pair[1] == a))
        })
    };
    let breaks = characters.windows(2).filter(|pair| pair[0] != pair[1] && !neighbours(pair[0], pair[1])).count();
    breaks * 5 < characters.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn owner(is_staff: bool) -> PasswordOwner {
        let email = EmailAddress::parse("camille.rousseau@clamart.fr").expect("an address");
        PasswordOwner::new(is_staff, Some(&email), ["Zoé-Margaux", "Rousseau Li"])
    }

    fn fault(typed: &str) -> Option<PasswordFault> {
        Password::choose(typed, &owner(false)).err()
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(fault(""), Some(PasswordFault::Empty));
        assert_eq!(fault("lac vif dune"), None);
        assert_eq!(fault("lac vif dun"), Some(PasswordFault::TooShort { length: 11, least: 12 }));
        assert_eq!(fault("éàùçœ vîf dû"), None);
        assert_eq!(fault("e\u{301}a\u{300}ù vîf dû"), Some(PasswordFault::TooShort { length: 10, least: 12 }));
        let long: String = "lac vif dune tarte ".chars().cycle().take(128).collect();
        assert_eq!(fault(&format!("{long}é").chars().skip(1).collect::<String>()), None);
        assert_eq!(fault(&"lac vif dune t".repeat(20)), Some(PasswordFault::TooLong { length: 280 }));
    }

    #[test]
    fn the_team_needs_sixteen() {
        assert!(Password::choose("lac vif dune tor", &owner(true)).is_ok());
        let fault = Password::choose("lac vif dune to", &owner(true)).err();
        assert_eq!(fault, Some(PasswordFault::TooShort { length: 15, least: 16 }));
    }

    #[test]
    fn four_words_need_neither_digit_nor_capital() {
        for typed in [
            "une tasse de nuages bleus",
            "cheval dune vitre onze",
            "                lac vif dune",
            "лето озеро камень",
            "😀🐟🚲🌧️🍋🧵🎈🪁🧊🦀🥁🪵",
        ] {
            assert_eq!(fault(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for typed in [
            "motdepasse1234",
            "MotDePasse1234",
            "Mot de passe 1234 !",
            "P4ssword12345",
            "jetaimemonamour",
            "Jetaimemonamour89",
            "correct-horse-battery-staple",
            "Décembre2026",
        ] {
            assert_eq!(fault(typed), Some(PasswordFault::TooCommon), "{typed}");
        }
        for typed in [
            "aaaaaaaaaaaa",
            "abababababab",
            "azertyuiopqs",
            "123456789012",
            "soleilsoleil",
            "1234567890 1234567890",
            "qwertyuiop[]!",
            "abcabcabcabc",
        ] {
            assert_eq!(fault(typed), Some(PasswordFault::TooSimple), "{typed}");
        }
    }

    #[test]
    fn words_that_say_who_or_where_are_refused() {
        for (typed, word) in [
            ("FranceConnect et moi", "franceconnect"),
            ("le Guichet du coin", "guichet"),
            ("vive la DINUM demain", "dinum"),
            ("CAMILLE au bord du lac", "camille"),
            ("le roi Rousseau dort", "rousseau"),
            ("fenêtre sur Clamart", "clamart"),
            ("MARGAUX aime le thé", "margaux"),
        ] {
            assert_eq!(fault(typed), Some(PasswordFault::TooClose { word: word.into() }), "{typed}");
        }
        // « Li » is part of too many words to be refused
        assert_eq!(fault("lilas au bord du lac"), None);
    }

    #[test]
    fn the_list_is_long_and_written_as_it_is_compared() {
        assert!(REFUSED.len() >= 3000, "{}", REFUSED.len());
        for entry in REFUSED.iter() {
            assert!(entry.chars().count() >= LEAST, "{entry} is refused by its length");
            assert_eq!(fold(entry), **entry);
        }
    }

    proptest! {
        #[test]
        fn no_text_is_accepted_below_its_length_or_panics(typed in "\\PC{0,40}") {
            let composed = TypedPassword::read(&typed).length();
            prop_assert!(Password::choose(&typed, &owner(false)).is_err() || composed >= LEAST);
        }
    }
}
