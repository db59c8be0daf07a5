//! What proves a right: a code nobody guesses, printed on its certificate and typed on the public page.

use std::fmt;

/// Crockford's 32: no I, L, O nor U, which are taken for others.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters of a code, the last of which checks the others.
const LENGTH: usize = 16;

/// 75 random bits and a letter that checks them; the database draws it (`fresh_verification_code`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerificationCode(String);

/// Why what was typed is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// Nothing was typed.
    #[error("Recopiez le code inscrit sur l’attestation : 16 lettres et chiffres.")]
    Missing,
    /// Not 16 letters.
    #[error("Un code de vérification a 16 lettres et chiffres, et celui-ci en a {0}. Relisez-le sur l’attestation.")]
    Length(usize),
    /// A character no code has.
    #[error("Un code de vérification n’a que des lettres et des chiffres : « {0} » n’en fait pas partie. Relisez-le sur l’attestation.")]
    Letter(char),
    /// The last letter does not fit the others.
    #[error("Ce code contient une faute de frappe : sa dernière lettre ne correspond pas aux autres. Relisez-le sur l’attestation.")]
    Typo,
}

impl VerificationCode {
    /// Reads a code as people type it: lower case, spaces and hyphens anywhere, O for 0, I or L for 1.
    ///
    /// # Errors
    /// [`CodeFault`], with the sentence to show.
    pub fn parse(typed: &str) -> Result<Self, CodeFault> {
        let typed: Vec<char> = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '‑' | '.')).collect();
        if typed.is_empty() {
            return Err(CodeFault::Missing);
        }
        let (mut code, mut total) = (String::new(), 0);
        for c in &typed {
            let letter = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = LETTERS.iter().position(|known| char::from(*known) == letter).ok_or(CodeFault::Letter(*c))?;
            total = doubled(total) ^ value;
            code.push(letter);
        }
        match code.len() {
            LENGTH if total == 0 => Ok(Self(code)),
            LENGTH => Err(CodeFault::Typo),
            other => Err(CodeFault::Length(other)),
        }
    }

    /// As it stands in the database and in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The page that tells whether the right is valid, on that desk.
    pub fn address(&self, desk: &str) -> String {
        format!("{desk}/verification/{}", self.0)
    }
}

/// Times 2 in the field of 32 elements where x⁵ = x² + 1: one letter mistaken, or two exchanged, never gives the same total.
fn doubled(value: usize) -> usize {
    let double = value << 1;
    if double > 31 { double ^ 0b10_0101 } else { double }
}

impl fmt::Display for VerificationCode {
    /// Four by four, as it is printed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, letter) in self.0.chars().enumerate() {
            let separator = if index > 0 && index.is_multiple_of(4) { "-" } else { "" };
            write!(f, "{separator}{letter}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The code of 15 values, its last letter worked out.
    fn code(values: &[usize]) -> String {
        let total = values.iter().fold(0, |total, value| doubled(total) ^ value);
        values.iter().chain([&doubled(total)]).map(|value| char::from(LETTERS[*value])).collect()
    }

    #[test]
    fn what_cannot_be_a_code_is_told_why() {
        for (typed, fault) in [
            (" ", CodeFault::Missing),
            ("7K2M", CodeFault::Length(4)),
            ("00000000000000000", CodeFault::Length(17)),
            ("0000-0000-0000-000U", CodeFault::Letter('U')),
            ("0000-0000-0000-000é", CodeFault::Letter('é')),
            ("0000-0000-0000-0001", CodeFault::Typo),
        ] {
            assert_eq!(VerificationCode::parse(typed), Err(fault), "{typed:?}");
            assert!(fault.to_string().ends_with('.'));
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let written = code(&[1, 0, 2, 20, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
        let read = VerificationCode::parse(&written).expect("a code");
        let printed = read.to_string();
        assert_eq!(printed.len(), 19);
        for typed in
            [printed.clone(), printed.to_lowercase(), printed.replace('-', " "), format!(" {written} "), printed.replacen("10", "lo", 1)]
        {
            assert_eq!(VerificationCode::parse(&typed).as_ref(), Ok(&read), "{typed}");
        }
        assert_eq!(read.address("https://guichet.example"), format!("https://guichet.example/verification/{written}"));
    }

    proptest! {
        #[test]
        fn a_letter_mistaken_or_two_exchanged_are_always_seen(values in proptest::collection::vec(0usize..32, 15), at in 0usize..16, with in 0usize..16, letter in 0usize..32) {
            let written = code(&values);
            prop_assert!(VerificationCode::parse(&written).is_ok());
            let mut mistaken: Vec<char> = written.chars().collect();
            mistaken[at] = char::from(LETTERS[letter]);
            let mistaken: String = mistaken.into_iter().collect();
            prop_assert_eq!(VerificationCode::parse(&mistaken).is_ok(), mistaken == written);
            let mut exchanged: Vec<char> = written.chars().collect();
            exchanged.swap(at, with);
            let exchanged: String = exchanged.into_iter().collect();
            prop_assert_eq!(VerificationCode::parse(&exchanged).is_ok(), exchanged == written);
        }

        #[test]
        fn whatever_is_typed_is_read_or_refused(typed in "\\PC{0,40}") {
            let _ = VerificationCode::parse(&typed);
        }
    }
}
