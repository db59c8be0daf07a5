//! Services whose use needs, under a law or a regulation, to check who people are or some of their attributes: the second permanent case
//! of private bodies (arrêté du 8 novembre 2018, article 4). The text that imposes it is also what allows the processing.

use serde::{Deserialize, Serialize};

use crate::{
    applications::{legal_basis::LegalBasis, service::parse_url},
    fields::{Field, Fields},
};

/// Texts often cited, to be edited: a table, versioned with the program.
const TEXTS: &str = include_str!("identity_texts.csv");

/// Which text.
pub const TEXT: Field = Field { name: "identity_text", label: "Quel texte vous impose de vérifier l’identité de vos utilisateurs ?" };
/// Its reference, when it is not in the list; otherwise a precision.
pub const REFERENCE: Field = Field { name: "identity_reference", label: "Référence exacte du texte" };
/// Where that text is read.
pub const URL: Field = Field { name: "identity_url", label: "Adresse de ce texte" };
/// What it imposes.
pub const IMPOSES: Field = Field { name: "identity_imposes", label: "Que vous impose-t-il de vérifier, et à quel moment ?" };

/// Every field of the step.
pub const FIELDS: &[Field] = &[TEXT, REFERENCE, URL, IMPOSES];

/// The value of [`TEXT`] for a text that is not in the list.
pub const OTHER: &str = "autre";

/// The answers of the step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityText {
    /// The code of a text of the list, or `autre`.
    pub text: String,
    /// The text as cited.
    pub reference: String,
    /// Where it is read.
    pub url: String,
    /// What it imposes, in the applicant's words.
    pub imposes: String,
}

/// A text of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownText {
    /// As the form sends it.
    pub code: &'static str,
    /// What it is about.
    pub label: &'static str,
    /// As cited.
    pub reference: &'static str,
    /// Where it is read.
    pub url: &'static str,
}

impl IdentityText {
    /// Reads the step. What is typed as the reference completes a text of the list, and cites another one.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let imposes = fields.paragraph(IMPOSES, 2000);
        let text = fields.value(TEXT.name).to_owned();
        let (reference, url) = if text == OTHER {
            (fields.paragraph(REFERENCE, 500), fields.parse(URL, parse_url))
        } else if let Some(known) = known_texts().find(|known| known.code == text) {
            let precision = fields.optional_paragraph(REFERENCE, 150);
            let reference =
                precision.map(|more| if more.is_empty() { known.reference.to_owned() } else { format!("{} ({more})", known.reference) });
            (reference, Some(known.url.to_owned()))
        } else {
            fields.refuse(TEXT, "Choisissez le texte, ou « Un autre texte » et citez-le. Sans texte, ce cas ne s’applique pas.");
            (None, None)
        };
        Some(Self { text, reference: reference?, url: url?, imposes: imposes? })
    }

    /// The text that imposes the check allows it.
    pub fn legal_basis(&self) -> LegalBasis {
        LegalBasis { nature: self.reference.clone(), url: self.url.clone(), documents: 0 }
    }
}

/// The texts of the list.
pub fn known_texts() -> impl Iterator<Item = KnownText> {
    TEXTS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut words = line.split(';');
        Some(KnownText { code: words.next()?, label: words.next()?, reference: words.next()?, url: words.next()? })
    })
}

/// What the page proposes.
pub fn choices() -> Vec<(&'static str, &'static str, &'static str)> {
    let other = (OTHER, "Un autre texte", "Une loi, une ordonnance, un décret ou un arrêté : citez-le ci-dessous");
    known_texts().map(|known| (known.code, known.label, known.reference)).chain([other]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(typed: &[(&str, &str)]) -> (Option<IdentityText>, Fields) {
        let mut fields = Fields::from_pairs(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        (IdentityText::parse(&mut fields), fields)
    }

    const IMPOSED: (&str, &str) = ("identity_imposes", "Le nom et la date de naissance, avant l’ouverture du compte.");

    #[test]
    fn every_row_of_the_table_is_read_and_can_be_cited() {
        let lines = TEXTS.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(known_texts().count(), lines, "no row is passed over");
        for known in known_texts() {
            let cited = parse(&[("identity_text", known.code), IMPOSED]).0.expect("complete");
            assert_eq!((cited.reference.as_str(), parse_url(&cited.url).is_ok()), (known.reference, true), "{}", known.code);
            assert!(known.reference.chars().count() + 160 < 500, "{} leaves room for a precision", known.code);
        }
    }

    #[test]
    fn another_text_is_cited_with_its_address_and_says_what_it_imposes() {
        let decree = ("identity_reference", "Décret n° 2027-12 du 4 janvier 2027, article 3");
        let address = ("identity_url", "www.legifrance.gouv.fr/jorf/id/JORFTEXT1");
        let other = ("identity_text", OTHER);
        assert!(parse(&[other, decree, address, IMPOSED]).0.is_some());
        for (missing, typed) in [
            ("identity_text", vec![decree, address, IMPOSED]),
            ("identity_reference", vec![other, address, IMPOSED]),
            ("identity_url", vec![other, decree, IMPOSED]),
            ("identity_imposes", vec![other, decree, address]),
        ] {
            let (content, fields) = parse(&typed);
            assert_eq!((content, fields.errors().len()), (None, 1), "{missing}");
            assert!(fields.error(missing).is_some(), "{missing}");
        }
    }

    #[test]
    fn a_text_of_the_list_takes_a_precision() {
        let cited = parse(&[("identity_text", "jeux"), ("identity_reference", "alinéa 2"), IMPOSED]).0.expect("complete");
        assert_eq!(cited.legal_basis().nature, "Loi n° 2010-476 du 12 mai 2010, article 17 (alinéa 2)");
        assert_eq!(parse(&[("identity_text", "inventé"), IMPOSED]).0, None);
    }
}
