//! The figures before integration, to which those of each month will be compared (rule S1).

use serde::{Deserialize, Serialize};

use crate::fields::{Field, Fields};

/// S1a.
pub const CONNECTIONS: Field = Field { name: "monthly_connections", label: "Connexions par mois, tous moyens confondus" };
/// S1b.
pub const ACCOUNTS: Field = Field { name: "monthly_accounts", label: "Créations de compte par mois" };
/// S1c.
pub const TRAFFIC: Field = Field { name: "monthly_traffic", label: "Visites par mois" };
/// How the three were measured.
pub const METHOD: Field = Field { name: "baseline_method", label: "Comment ces chiffres ont-ils été mesurés ?" };

/// Every field of the step.
pub const FIELDS: &[Field] = &[CONNECTIONS, ACCOUNTS, TRAFFIC, METHOD];

/// Figures of an ordinary month before FranceConnect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// Connections a month, by any means.
    pub monthly_connections: u64,
    /// Accounts created a month.
    pub monthly_accounts: u64,
    /// Visits a month.
    pub monthly_traffic: u64,
    /// Tool, period, what counts as a visit.
    pub method: String,
}

impl Baseline {
    /// Reads the step.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let monthly_connections = fields.parse(CONNECTIONS, parse_count);
        let monthly_accounts = fields.parse(ACCOUNTS, parse_count);
        let monthly_traffic = fields.parse(TRAFFIC, parse_count);
        let method = fields.paragraph(METHOD, 2000);
        Some(Self {
            monthly_connections: monthly_connections?,
            monthly_accounts: monthly_accounts?,
            monthly_traffic: monthly_traffic?,
            method: method?,
        })
    }
}

/// A whole number, digits grouped or not; nothing is not zero.
fn parse_count(typed: &str) -> Result<u64, &'static str> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return Err("Indiquez un nombre ; 0 si votre service n’est pas encore ouvert.");
    }
    match digits.parse::<u64>() {
        Ok(count) if count <= 100_000_000_000 && digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(count),
        _ => Err("Indiquez un nombre entier, sans lettre ni signe. Exemple : 12 000"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_a_whole_number_and_nothing_is_not_zero() {
        assert_eq!(parse_count("12\u{202f}000"), Ok(12_000));
        assert_eq!(parse_count("0"), Ok(0));
        for typed in ["", " ", "-1", "+5", "1e9", "douze", "1,5", "99999999999999999999", "100000000001"] {
            assert!(parse_count(typed).is_err(), "{typed:?}");
        }
    }
}
