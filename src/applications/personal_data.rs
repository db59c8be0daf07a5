//! What becomes of the data once received.

use serde::{Deserialize, Serialize};

use crate::fields::{Field, Fields};

/// DataPass's `destinataire_donnees_caractere_personnel`.
pub const RECIPIENTS: Field = Field { name: "recipients", label: "Qui recevra ces données ?" };
/// DataPass's `duree_conservation_donnees_caractere_personnel`, in months.
pub const RETENTION_MONTHS: Field = Field { name: "retention_months", label: "Durée de conservation, en mois" };
/// Asked above [`LONG_RETENTION`].
pub const RETENTION_REASON: Field = Field { name: "retention_reason", label: "Pourquoi plus de 36 mois ?" };

/// S4: asked of candidates.
pub const RETENTION_END: Field = Field { name: "retention_end", label: "Quel événement met fin à la conservation ?" };

/// Every field of the step.
pub const FIELDS: &[Field] = &[RECIPIENTS, RETENTION_MONTHS, RETENTION_REASON, RETENTION_END];

/// Months above which the duration must be justified.
pub const LONG_RETENTION: u16 = 36;

/// Recipients and retention as submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalData {
    /// Services and subcontractors that receive the data.
    pub recipients: String,
    /// 1 to 1 200 months.
    pub retention_months: u16,
    /// Given above 36 months.
    pub retention_reason: String,
    /// The end of the contractual relation with the user, as a candidate defines it; nothing for the other kinds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub retention_end: String,
}

impl PersonalData {
    /// Reads the step.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let recipients = fields.paragraph(RECIPIENTS, 2000);
        let retention_months = fields.parse(RETENTION_MONTHS, parse_months);
        let retention_reason = match retention_months {
            Some(months) if months > LONG_RETENTION => fields.paragraph(RETENTION_REASON, 2000),
            _ => Some(String::new()),
        };
        let retention_end = fields.optional_paragraph(RETENTION_END, 1000);
        Some(Self {
            recipients: recipients?,
            retention_months: retention_months?,
            retention_reason: retention_reason?,
            retention_end: retention_end?,
        })
    }
}

fn parse_months(typed: &str) -> Result<u16, &'static str> {
    match typed.trim().parse::<u16>() {
        Ok(months @ 1..=1200) => Ok(months),
        Ok(_) => Err("Indiquez une durée entre 1 et 1 200 mois. Exemple : 12 pour un an."),
        Err(_) => Err("Indiquez un nombre entier de mois, en chiffres. Exemple : 12 pour un an."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(months: &str, reason: &str) -> Option<PersonalData> {
        let mut fields = Fields::from_pairs(vec![
            ("recipients".into(), "Le service scolaire".into()),
            ("retention_months".into(), months.into()),
            ("retention_reason".into(), reason.into()),
        ]);
        PersonalData::parse(&mut fields)
    }

    #[test]
    fn above_36_months_a_reason_is_asked() {
        assert!(parse("36", "").is_some());
        assert!(parse("37", "").is_none());
        assert!(parse("37", "Obligation d’archivage.").is_some());
    }

    #[test]
    fn a_duration_is_a_number_of_months() {
        for typed in ["0", "-1", "1201", "99999999999", "deux", "", "1e3", "12,5"] {
            assert!(parse(typed, "x").is_none(), "{typed}");
        }
    }
}
