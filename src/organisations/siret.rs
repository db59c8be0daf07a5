//! The numbers of the Sirene register: SIREN (an organisation), NIC (one of its places), SIRET (both).

use std::fmt;

use serde::{Deserialize, Serialize};

mod fault;

pub use fault::{SirenFault, SiretFault};

/// La Poste: so many establishments that their last digit is not a Luhn key.
const LA_POSTE: &str = "356000000";
/// Its head office alone obeys Luhn.
const LA_POSTE_HEAD_OFFICE: &str = "35600000000048";

/// Whether the control digits fit. A wrong one is no proof: the register holds a few numbers that fail (SIREN 889742876), so only a number that
/// fails *and* that the register does not know is refused, by [`super::decide`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// They fit.
    Valid,
    /// They do not.
    Wrong,
}

impl Checksum {
    fn of(fits: bool) -> Self {
        if fits { Self::Valid } else { Self::Wrong }
    }
}

/// Nine digits: a legal unit. Text, never an integer: leading zeros count.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siren(String);

/// Five digits: which establishment of the legal unit; the last one is the key of the whole SIRET.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Nic(String);

/// Fourteen digits: an establishment. Text, never an integer: leading zeros count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siret(String);

/// Not the digits a number must have; only a program can cause it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not {0} digits")]
pub struct NotThatManyDigits(usize);

impl Siren {
    /// Reads a SIREN as typed or pasted, alone or inside a French VAT number (« FR », two digits, SIREN) whose key is checked.
    ///
    /// # Errors
    /// [`SirenFault`] with the sentence to show.
    pub fn parse(typed: &str) -> Result<(Self, Checksum), SirenFault> {
        let compact = without_separators(typed);
        let (digits, vat_key) = match french_vat(&compact) {
            Some((key, digits)) => (digits.to_owned(), Some(key)),
            None => (compact, None),
        };
        let siren = match count_digits(&digits) {
            Count::None => return Err(SirenFault::Empty),
            Count::NotDigits => return Err(SirenFault::NotDigits),
            Count::Digits(9) => Self(digits),
            Count::Digits(digits) => return Err(SirenFault::WrongLength { digits }),
        };
        if vat_key.is_some_and(|key| key != siren.vat_key()) {
            return Err(SirenFault::WrongVat);
        }
        let checksum = siren.checksum();
        Ok((siren, checksum))
    }

    /// Whether the ninth digit is the Luhn key of the others.
    pub fn checksum(&self) -> Checksum {
        Checksum::of(luhn_fits(&self.0) && self.0 != "000000000")
    }

    /// The nine digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// (12 + 3 × (SIREN mod 97)) mod 97.
    fn vat_key(&self) -> u32 {
        let remainder = digits_of(&self.0).fold(0, |rest, digit| (rest * 10 + digit) % 97);
        (12 + 3 * remainder) % 97
    }
}

impl Nic {
    /// The five digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Siret {
    /// Reads a SIRET as typed or pasted (spaces of every kind, dots, hyphens), and says whether its control digits fit:
    /// what a wrong one means depends on the register, see [`Checksum`].
    ///
    /// # Errors
    /// [`SiretFault`] with the sentence to show.
    pub fn parse(typed: &str) -> Result<(Self, Checksum), SiretFault> {
        let compact = without_separators(typed);
        if compact.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("monaco")) {
            return Err(SiretFault::Monaco);
        }
        if french_vat(&compact).is_some() {
            return Err(Siren::parse(&compact).map_or(SiretFault::WrongVat, |(siren, _)| SiretFault::Vat(siren)));
        }
        match count_digits(&compact) {
            Count::None => Err(SiretFault::Empty),
            Count::NotDigits => Err(SiretFault::NotDigits),
            Count::Digits(9) => Err(SiretFault::Siren(Siren(compact))),
            Count::Digits(14) => {
                let siret = Self(compact);
                let checksum = siret.checksum();
                Ok((siret, checksum))
            }
            Count::Digits(digits) => Err(SiretFault::WrongLength { digits }),
        }
    }

    /// Luhn on the SIREN and on the fourteen digits; for La Poste, the fourteen digits add up to a multiple of five, its head office apart.
    pub fn checksum(&self) -> Checksum {
        if self.siren().0 == LA_POSTE {
            return Checksum::of(self.0 == LA_POSTE_HEAD_OFFICE || digits_of(&self.0).sum::<u32>().is_multiple_of(5));
        }
        Checksum::of(self.siren().checksum() == Checksum::Valid && luhn_fits(&self.0))
    }

    /// The legal unit the establishment belongs to.
    pub fn siren(&self) -> Siren {
        Siren(self.0[..9].to_owned())
    }

    /// Which of its establishments.
    pub fn nic(&self) -> Nic {
        Nic(self.0[9..].to_owned())
    }

    /// The fourteen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As people read it: « 130 025 265 », with no-break spaces.
impl fmt::Display for Siren {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\u{a0}{}\u{a0}{}", &self.0[..3], &self.0[3..6], &self.0[6..])
    }
}

/// As people read it: « 130 025 265 00013 », with no-break spaces.
impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\u{a0}{}", self.siren(), &self.0[9..])
    }
}

impl TryFrom<String> for Siren {
    type Error = NotThatManyDigits;

    fn try_from(digits: String) -> Result<Self, NotThatManyDigits> {
        exactly(9, digits).map(Self)
    }
}

impl TryFrom<String> for Siret {
    type Error = NotThatManyDigits;

    fn try_from(digits: String) -> Result<Self, NotThatManyDigits> {
        exactly(14, digits).map(Self)
    }
}

impl From<Siren> for String {
    fn from(siren: Siren) -> Self {
        siren.0
    }
}

impl From<Siret> for String {
    fn from(siret: Siret) -> Self {
        siret.0
    }
}

fn exactly(count: usize, digits: String) -> Result<String, NotThatManyDigits> {
    match count_digits(&digits) {
        Count::Digits(found) if found == count => Ok(digits),
        _ => Err(NotThatManyDigits(count)),
    }
}

enum Count {
    None,
    Digits(usize),
    NotDigits,
}

fn count_digits(compact: &str) -> Count {
    if compact.is_empty() {
        Count::None
    } else if compact.bytes().all(|byte| byte.is_ascii_digit()) {
        Count::Digits(compact.len())
    } else {
        Count::NotDigits
    }
}

/// Spreadsheets and PDFs bring their own spaces, hyphens and invisible marks.
fn without_separators(typed: &str) -> String {
    let is_separator = |c: char| {
        c.is_whitespace()
            || matches!(c, '.' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
    };
    typed.chars().filter(|c| !is_separator(*c)).collect()
}

/// « FR », two digits, and what stands where the SIREN should.
fn french_vat(compact: &str) -> Option<(u32, &str)> {
    let country = compact.get(..2)?;
    let key = compact.get(2..4).filter(|key| key.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    let rest = compact.get(4..)?;
    country.eq_ignore_ascii_case("fr").then_some((key, rest))
}

fn digits_of(digits: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    digits.bytes().map(|byte| u32::from(byte - b'0'))
}

/// Luhn: every second digit from the right is doubled, digits are added, the sum is a multiple of ten.
fn luhn_fits(digits: &str) -> bool {
    let sum: u32 = digits_of(digits)
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests;
