//! What a candidature's service contributes to (rule E4), and what proves its activity when the register cannot (rule E2).

use serde::{Deserialize, Serialize};

use crate::{
    criteria::Sector,
    fields::{Field, Fields},
    text,
};

/// E4: one of the six.
pub const SECTOR: Field = Field { name: "sector", label: "À quel secteur votre service contribue-t-il ?" };
/// E4: how.
pub const HOW: Field = Field { name: "sector_contribution", label: "Comment votre service y contribue-t-il ?" };
/// E4e: certifications registered by France compétences (code du travail, article L6113-1).
pub const CERTIFICATES: Field = Field { name: "certificates", label: "Numéros RNCP des certifications que vous délivrez" };
/// E2: what shows more than three years of activity, when the register does not.
pub const EVIDENCE: Field =
    Field { name: "seniority_evidence", label: "Qu’est-ce qui montre plus de trois ans d’activité en France ?" };

/// E2: documents that show it.
pub const EVIDENCE_FILES: Field = Field { name: "seniority_documents", label: "Documents qui montrent cette activité" };

/// Every field of the step.
pub const FIELDS: &[Field] = &[SECTOR, HOW, CERTIFICATES, EVIDENCE];

/// Certifications one candidature may name.
const MOST_CERTIFICATES: usize = 50;

/// The answers of the step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Of the service, whatever the activity of its organisation.
    pub sector: Sector,
    /// In the applicant's words.
    pub how: String,
    /// « RNCP34512 »; at least one when the sector is that of certificates.
    pub certificates: Vec<String>,
    /// Given when the register does not show more than three years of activity.
    pub evidence: String,
}

impl Contribution {
    /// Reads the step; whether the evidence is needed, the form says.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let sector = fields
            .parse(SECTOR, |typed| typed.parse::<Sector>().map_err(|_| "Choisissez le secteur auquel votre service contribue le plus."));
        let how = fields.paragraph(HOW, 3000);
        let certificates = fields.parse(CERTIFICATES, |typed| parse_certificates(typed, sector == Some(Sector::Certification)));
        let evidence = fields.optional_paragraph(EVIDENCE, 3000);
        Some(Self { sector: sector?, how: how?, certificates: certificates?, evidence: evidence? })
    }
}

/// Numbers separated as people do, with or without « RNCP »; each once.
fn parse_certificates(typed: &str, required: bool) -> Result<Vec<String>, String> {
    let typed = text::optional_paragraph(typed, 2000).map_err(|fault| fault.to_string())?.to_uppercase();
    let mut numbers: Vec<String> = Vec::new();
    for word in typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|word| !word.is_empty() && *word != "RNCP") {
        let digits = word.strip_prefix("RNCP").unwrap_or(word);
        if !(1..=6).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!(
                "« {} » n’est pas un numéro RNCP : il s’écrit RNCP suivi de chiffres. Exemple : RNCP34512",
                text::made_a_line(word, 40)
            ));
        }
        let number = format!("RNCP{digits}");
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    match numbers.len() {
        0 if required => Err("Indiquez le numéro RNCP d’une certification au moins. Exemple : RNCP34512".into()),
        count if count > MOST_CERTIFICATES => Err(format!("Indiquez {MOST_CERTIFICATES} numéros au plus : les principaux suffisent.")),
        _ => Ok(numbers),
    }
}

/// The six sectors.
pub fn sectors() -> impl Iterator<Item = (String, &'static str, &'static str)> {
    Sector::ALL.iter().map(|sector| (sector.to_string(), sector.label(), sector.examples()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(sector: &str, certificates: &str) -> Option<Contribution> {
        let typed = [("sector", sector), ("sector_contribution", "La prise de rendez-vous."), ("certificates", certificates)];
        Contribution::parse(&mut Fields::from_pairs(typed.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()))
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for typed in ["RNCP34512, RNCP1", "rncp34512\nrncp 1", "34512 ; 1", "RNCP 34512 RNCP 1 RNCP1"] {
            assert_eq!(parse_certificates(typed, true), Ok(vec!["RNCP34512".to_owned(), "RNCP1".to_owned()]), "{typed:?}");
        }
        for typed in ["RS5695", "RNCP", "RNCP1234567", "RNCP-12", "douze", "RNCP١٢"] {
            assert!(parse_certificates(typed, true).is_err(), "{typed}");
        }
        let many: Vec<String> = (1..=51).map(|number| number.to_string()).collect();
        assert!(parse_certificates(&many.join(" "), true).is_err());
    }

    #[test]
    fn certificates_are_asked_of_those_who_deliver_them_alone() {
        assert!(parse("sante", "").is_some());
        assert!(parse("certification", "").is_none());
        assert!(parse("certification", "RNCP34512").is_some());
        assert!(parse("luxe", "").is_none());
    }
}
