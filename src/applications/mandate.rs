//! The mandate by which a client has a software vendor file for it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::behalf::Vendor;
use crate::{
    calendar,
    fields::{Field, Fields},
    organisations::Siret,
};

/// Which contract, in the parties' words.
pub const REFERENCE: Field = Field { name: "mandate_reference", label: "Référence du mandat ou du contrat" };
/// When it was signed.
pub const SIGNED_ON: Field = Field { name: "mandate_signed_on", label: "Date de signature" };
/// What the vendor does with the data.
pub const ROLE: Field = Field { name: "mandate_role", label: "Ce que vous faites des données" };

/// The signed document.
pub const DOCUMENT: Field = Field { name: "mandate_document", label: "Le mandat en fichier" };

/// What is said to whoever joined none.
const NO_DOCUMENT: &str = "Joignez le mandat ou le contrat signé par votre client, en PDF ou en image\u{a0}: sans lui, rien ne montre que vous pouvez déposer pour lui.";

/// Every field that is typed in the step.
pub const FIELDS: &[Field] = &[REFERENCE, SIGNED_ON, ROLE];

/// What the vendor does with the data it files for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display, strum::VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum VendorRole {
    /// It handles them on the client's behalf: a contract binds it (RGPD art. 28).
    Processor,
    /// It supplies software that the client runs.
    SoftwareOnly,
}

impl VendorRole {
    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Processor => "Sous-traitant de données personnelles",
            Self::SoftwareOnly => "Fournisseur du logiciel seulement",
        }
    }

    /// What it means.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Processor => {
                "Vous hébergez ou traitez les données pour votre client. Votre contrat contient les clauses de l’article\u{a0}28 du RGPD."
            }
            Self::SoftwareOnly => "Votre client exploite le logiciel lui-même ; vous n’accédez pas aux données des usagers.",
        }
    }
}

/// A mandate as submitted, with who holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// At most 200 characters.
    pub reference: String,
    /// When it was signed.
    pub signed_on: Date,
    /// What the vendor does with the data.
    pub role: VendorRole,
    /// Who holds it.
    pub vendor: Holder,
    /// How many files hold it; none in what was submitted before they were asked.
    #[serde(default)]
    pub documents: u32,
}

/// The vendor, as known when the version was submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its number in the register.
    pub siret: Siret,
    /// Its name.
    pub name: String,
}

impl Mandate {
    /// Reads the step; the files joined so far stand under the name of the document of the mandate.
    pub fn parse(fields: &mut Fields, vendor: &Vendor) -> Option<Self> {
        let reference = fields.line(REFERENCE, 200);
        let signed_on = fields.parse(SIGNED_ON, |typed| {
            calendar::parse_date_since(typed, 1990)?
                .ok_or_else(|| "Indiquez la date de signature du mandat. Exemple : 03/12/2026".to_owned())
        });
        let role = fields.parse(ROLE, |typed| typed.parse::<VendorRole>().map_err(|_| "Choisissez l’une des deux réponses."));
        let documents = u32::try_from(fields.values(DOCUMENT.name).count()).unwrap_or(u32::MAX);
        if documents == 0 {
            fields.refuse(DOCUMENT, NO_DOCUMENT);
        }
        let vendor = Holder { siret: vendor.siret.clone(), name: vendor.name.clone() };
        let is_joined = (documents > 0).then_some(documents);
        Some(Self { reference: reference?, signed_on: signed_on?, role: role?, vendor, documents: is_joined? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Fields {
        Fields::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_mandate_names_its_contract_its_date_and_what_becomes_of_the_data_and_is_joined() {
        let answers = [("mandate_reference", "Marché 2019-12"), ("mandate_signed_on", "3/5/2015"), ("mandate_role", "processor")];
        let refused = |mut fields: Fields| {
            assert_eq!(Mandate::parse(&mut fields, &Vendor::example()), None);
            fields.errors().iter().map(|error| error.name).collect::<Vec<_>>()
        };
        let file = ("mandate_document", "0193");
        let mut whole = typed(&[&answers[..], &[file]].concat());
        let mandate = Mandate::parse(&mut whole, &Vendor::example()).expect("whole");
        assert_eq!((mandate.signed_on.to_string().as_str(), mandate.role), ("2015-05-03", VendorRole::Processor));
        assert_eq!((mandate.vendor.name.as_str(), mandate.documents), ("Éditeur SAS", 1));
        assert_eq!(refused(typed(&answers)), [DOCUMENT.name], "the paper itself is asked");
        assert_eq!(refused(Fields::default()), [REFERENCE.name, SIGNED_ON.name, ROLE.name, DOCUMENT.name]);
        assert_eq!(refused(typed(&[answers[0], ("mandate_signed_on", "1915-05-03"), answers[2], file])), [SIGNED_ON.name]);
    }
}
