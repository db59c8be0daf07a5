//! An organisation as the desk knows it: one establishment, one SIRET.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{LegalEntity, Membership, Siret};
use crate::ids::OrganisationId;

/// Whether the establishment is open, as the register says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// `etatAdministratifEtablissement` A.
    Open,
    /// `etatAdministratifEtablissement` F, or its legal unit has ceased.
    Closed,
    /// The register could not tell.
    Unknown,
}

/// Where the facts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Source {
    /// The register's sample shipped with the program.
    SampleRegister,
    /// INSEE's monthly stock, imported here.
    LocalStock,
    /// The API « Recherche d’entreprises ».
    RechercheEntreprises,
    /// INSEE's own API.
    Insee,
    /// The applicant, because the register could not tell.
    Declared,
}

/// An organisation. Serialized into submitted versions: what the reviewer saw stays what was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its number here.
    pub id: OrganisationId,
    /// Its number in the register.
    pub siret: Siret,
    /// The name in the register, or as declared.
    pub name: String,
    /// INSEE legal category, level III (4 digits), or nothing.
    pub legal_category: String,
    /// NAF code, or nothing.
    pub activity_code: String,
    /// Number and street, or nothing.
    pub street: String,
    /// Postal code, or nothing.
    pub postal_code: String,
    /// Town, or nothing.
    pub town: String,
    /// When the establishment was created, ISO 8601, when known.
    pub establishment_created_on: Option<time::Date>,
    /// Open, closed or unknown.
    pub state: State,
    /// The register masks part of what it knows.
    pub partial_disclosure: bool,
    /// Who says so.
    pub source: Source,
    /// When the source was read.
    #[serde(with = "time::serde::rfc3339")]
    pub observed_at: OffsetDateTime,
    /// Everything the register told the last time it answered; nothing when it never did.
    #[serde(default)]
    pub facts: Option<LegalEntity>,
}

impl Organisation {
    /// Whether what is known now differs, to a reader, from what was known then.
    pub fn differs_from(&self, before: &Self) -> bool {
        let shown = |it: &Self| {
            let address = [&it.street, &it.postal_code, &it.town].map(|part| part.to_lowercase());
            (it.name.clone(), it.legal_category.clone(), it.activity_code.clone(), address, it.establishment_created_on, it.state)
        };
        shown(self) != shown(before)
    }

    /// Whom a letter on paper is for, a line each: the organisation, the person it is sent to if one is named, the address.
    pub fn addressee(&self, person: Option<&str>) -> Vec<String> {
        let town = format!("{} {}", self.postal_code, self.town);
        let lines = [self.name.as_str(), person.unwrap_or_default(), self.street.as_str(), town.as_str()];
        lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    /// What one of its people reads: while no register names it, the name they gave it themself, so that nobody names it for somebody else.
    pub fn named_by<'a>(&'a self, membership: &'a Membership) -> &'a str {
        match &membership.declared_name {
            Some(own) if self.source == Source::Declared => own,
            _ => &self.name,
        }
    }
}
