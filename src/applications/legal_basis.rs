//! The text that allows the processing (RGPD art. 6); for administrations, the arrêté du 8 novembre 2018.

use serde::{Deserialize, Serialize};

use super::service::parse_url;
use crate::{
    experimentation::Campaign,
    fields::{Field, Fields},
};

/// Which text.
pub const CHOICE: Field = Field { name: "legal_choice", label: "Texte qui autorise le traitement" };
/// DataPass's `cadre_juridique_nature`.
pub const NATURE: Field = Field { name: "legal_nature", label: "Nature et références du texte" };
/// DataPass's `cadre_juridique_url`.
pub const URL: Field = Field { name: "legal_url", label: "Adresse du texte" };

/// The text itself, where no address leads to it: DataPass's `cadre_juridique_document`.
pub const DOCUMENTS: Field = Field { name: "legal_documents", label: "Le texte en fichier" };

/// Every field that is typed in the step.
pub const FIELDS: &[Field] = &[CHOICE, NATURE, URL];

/// The value of [`CHOICE`] for the arrêté.
pub const ARRETE_2018: &str = "arrete_2018";
/// The value of [`CHOICE`] for another text.
pub const OTHER: &str = "autre";

/// The arrêté's name, as cited.
pub const ARRETE_2018_NATURE: &str = "Arrêté du 8 novembre 2018 relatif au téléservice dénommé «\u{a0}FranceConnect\u{a0}»";
/// Where it is read.
pub const ARRETE_2018_URL: &str = "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000037611479";

/// The legal basis as submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalBasis {
    /// Nature and references of the text.
    pub nature: String,
    /// Where it can be read; nothing when it is joined.
    pub url: String,
    /// How many files hold it.
    #[serde(default)]
    pub documents: u32,
}

impl LegalBasis {
    /// The arrêté du 8 novembre 2018.
    pub fn arrete_2018() -> Self {
        Self { nature: ARRETE_2018_NATURE.into(), url: ARRETE_2018_URL.into(), documents: 0 }
    }

    /// The order that allows a campaign: a candidature has no other text to cite.
    pub fn of_campaign(campaign: &Campaign) -> Self {
        Self { nature: campaign.legal_basis.clone(), url: campaign.legal_basis_url.clone(), documents: 0 }
    }

    /// Reads the step. An address or a file, either is enough; the files joined so far stand under the name of `DOCUMENTS`.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let documents = u32::try_from(fields.values(DOCUMENTS.name).count()).unwrap_or(u32::MAX);
        match fields.value(CHOICE.name) {
            ARRETE_2018 => Some(Self::arrete_2018()),
            OTHER => {
                let nature = fields.paragraph(NATURE, 2000);
                let url = fields.parse(URL, |typed| match (typed.trim(), documents) {
                    ("", 0) => Err("Indiquez où ce texte peut être lu, ou joignez-le en fichier.".to_owned()),
                    ("", _) => Ok(String::new()),
                    (typed, _) => parse_url(typed),
                });
                Some(Self { nature: nature?, url: url?, documents })
            }
            _ => {
                fields.refuse(CHOICE, "Choisissez le texte qui autorise votre service à traiter ces données.");
                None
            }
        }
    }
}
