//! What somebody guessing a password would try first.

use std::{collections::HashSet, sync::LazyLock};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The letters and digits of a text, without case or accents: how a guess is compared with a word.
pub(super) fn fold(text: &str) -> String {
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

pub(super) fn is_refused(folded: &str) -> bool {
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
pub(super) fn is_pattern(text: &str) -> bool {
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
    breaks * 3 < characters.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::LEAST;

    #[test]
    fn the_list_is_long_and_written_as_it_is_compared() {
        assert!(REFUSED.len() >= 3000, "{}", REFUSED.len());
        for entry in REFUSED.iter() {
            assert!(entry.chars().count() >= LEAST, "{entry} is refused by its length");
            assert_eq!(fold(entry), **entry);
        }
    }
}
