//! What people type to find a demande.

use crate::ids::{ApplicationId, AuthorizationId};

pub(super) mod store;

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
    /// Part of an organisation's or a service's name, without accents.
    Words(String),
}

impl Search {
    /// Reads what was typed. Digits are a SIRET or a SIREN when there are 14 or 9 of them, a number otherwise.
    pub fn parse(typed: &str) -> Self {
        let typed: String = typed.chars().filter(|c| !c.is_control()).take(200).collect();
        let typed = typed.trim();
        if typed.is_empty() {
            return Self::Nothing;
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
        ApplicationId::parse(typed).map(Self::Number).or(right).unwrap_or_else(|| Self::Words(typed.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_a_number_when_it_looks_like_one() {
        assert_eq!(Search::parse(" D12 "), Search::Number(ApplicationId(12)));
        assert_eq!(Search::parse("h7"), Search::Authorization(AuthorizationId(7)));
        assert_eq!(Search::parse("12"), Search::Number(ApplicationId(12)));
        assert_eq!(Search::parse("219 200 235 00014"), Search::Siret("21920023500014".into()));
        assert_eq!(Search::parse("219\u{a0}200\u{a0}235"), Search::Siren("219200235".into()));
        assert_eq!(Search::parse("Clamart"), Search::Words("Clamart".into()));
        assert_eq!(Search::parse("\0 \n"), Search::Nothing);
    }
}
