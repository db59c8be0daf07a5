//! INSEE’s own API Sirene 3.11 (a key, 30 calls a minute), as its documentation describes its answers.

use serde::Deserialize;
use serde_json::Value;
use time::OffsetDateTime;

use super::{
    EstablishmentState, LegalEntity, Location, OldestEstablishment, Source,
    reading::{Unreadable, date, establishment_state, fields, is_partial, legal_category, line, location, unit_state, words},
};
use crate::organisations::Siret;

/// What is asked for a SIRET.
pub(super) fn path(siret: &Siret) -> String {
    format!("siret/{}", siret.as_str())
}

#[derive(Deserialize)]
struct Answer {
    header: Header,
    etablissement: Option<Establishment>,
}

#[derive(Deserialize)]
struct Header {
    statut: u16,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Establishment {
    siret: Option<String>,
    statut_diffusion_etablissement: Option<String>,
    date_creation_etablissement: Option<String>,
    unite_legale: Option<Unit>,
    adresse_etablissement: Option<Address>,
    periodes_etablissement: Option<Vec<Period>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "INSEE’s own names, as serde reads them")]
struct Unit {
    etat_administratif_unite_legale: Option<String>,
    statut_diffusion_unite_legale: Option<String>,
    date_creation_unite_legale: Option<String>,
    categorie_juridique_unite_legale: Option<String>,
    denomination_unite_legale: Option<String>,
    nom_unite_legale: Option<String>,
    nom_usage_unite_legale: Option<String>,
    prenom1_unite_legale: Option<String>,
    prenom_usuel_unite_legale: Option<String>,
    activite_principale_unite_legale: Option<String>,
    nomenclature_activite_principale_unite_legale: Option<String>,
    #[serde(rename = "activitePrincipaleNAF25UniteLegale")]
    activite_principale_naf25_unite_legale: Option<String>,
    identifiant_association_unite_legale: Option<String>,
    tranche_effectifs_unite_legale: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "INSEE’s own names, as serde reads them")]
struct Address {
    numero_voie_etablissement: Option<String>,
    indice_repetition_etablissement: Option<String>,
    type_voie_etablissement: Option<String>,
    libelle_voie_etablissement: Option<String>,
    code_postal_etablissement: Option<String>,
    libelle_commune_etablissement: Option<String>,
    libelle_commune_etranger_etablissement: Option<String>,
    code_commune_etablissement: Option<String>,
    code_pays_etranger_etablissement: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Period {
    date_fin: Option<String>,
    date_debut: Option<String>,
    etat_administratif_etablissement: Option<String>,
}

/// What an answer tells of the SIRET that was asked; nothing when INSEE says it does not hold it (404).
///
/// # Errors
/// [`Unreadable`] when it is no such answer, or tells of another number.
pub fn read(siret: &Siret, raw: &Value, observed_at: OffsetDateTime) -> Result<Option<LegalEntity>, Unreadable> {
    let answer: Answer = fields(raw)?;
    match (answer.header.statut, answer.etablissement) {
        // A proxy's own 404 has no such header.
        (404, None) => Ok(None),
        (200, Some(establishment)) if establishment.siret.as_deref() == Some(siret.as_str()) => {
            tell(siret, &establishment, observed_at).map(Some)
        }
        (200, Some(_)) => Err(Unreadable::because("it tells of another establishment")),
        (status, _) => Err(Unreadable(format!("status {status} without its establishment"))),
    }
}

fn tell(siret: &Siret, establishment: &Establishment, observed_at: OffsetDateTime) -> Result<LegalEntity, Unreadable> {
    let unit = establishment.unite_legale.as_ref().ok_or_else(|| Unreadable::because("it has no legal unit"))?;
    let nothing = Address::default();
    let address = establishment.adresse_etablissement.as_ref().unwrap_or(&nothing);
    // What holds today is the period without an end; the others are history.
    let today = establishment.periodes_etablissement.iter().flatten().find(|period| period.date_fin.is_none());
    let state = establishment_state(today.and_then(|period| period.etat_administratif_etablissement.as_ref()))?;
    let since = date(today.and_then(|period| period.date_debut.as_ref()))?;
    let town = words(address.libelle_commune_etablissement.as_ref(), 100);
    let town = town.or_else(|| words(address.libelle_commune_etranger_etablissement.as_ref(), 100)).unwrap_or_default();
    let location = location(address.code_commune_etablissement.as_ref(), address.code_pays_etranger_etablissement.as_ref());
    let created_on = date(establishment.date_creation_etablissement.as_ref())?;
    Ok(LegalEntity {
        siret: siret.clone(),
        name: name(unit),
        legal_category: legal_category(unit.categorie_juridique_unite_legale.as_ref())?,
        activity_code: activity(unit),
        activity_code_2025: line(unit.activite_principale_naf25_unite_legale.as_ref(), 10),
        street: street(address),
        postal_code: line(address.code_postal_etablissement.as_ref(), 10),
        // The others are not asked for: an older one may exist.
        oldest_establishment: created_on.filter(|_| matches!(location, Location::France { .. })).map(|created_on| OldestEstablishment {
            created_on,
            town: town.clone(),
            among_all: false,
        }),
        town,
        location,
        establishment_created_on: created_on,
        closed_on: since.filter(|_| state == Some(EstablishmentState::Closed)),
        establishment_state: state,
        unit_created_on: date(unit.date_creation_unite_legale.as_ref())?,
        unit_state: unit_state(unit.etat_administratif_unite_legale.as_ref())?,
        open_establishments: None,
        association_number: line(unit.identifiant_association_unite_legale.as_ref(), 20),
        headcount_band: line(unit.tranche_effectifs_unite_legale.as_ref(), 10),
        listings: Vec::new(),
        partial_disclosure: is_partial([
            unit.statut_diffusion_unite_legale.as_ref(),
            establishment.statut_diffusion_etablissement.as_ref(),
        ]),
        source: Source::Insee,
        observed_at,
    })
}

/// The denomination, or a natural person's first name and name; nothing when a part of it is masked.
fn name(unit: &Unit) -> Option<String> {
    if let Some(name) = words(unit.denomination_unite_legale.as_ref(), 200) {
        return Some(name);
    }
    let given = words(unit.prenom_usuel_unite_legale.as_ref().or(unit.prenom1_unite_legale.as_ref()), 90)?;
    let family = words(unit.nom_usage_unite_legale.as_ref().or(unit.nom_unite_legale.as_ref()), 90)?;
    Some(format!("{given} {family}"))
}

/// A code of an older nomenclature stays on units that ceased: it would be taken for another activity.
fn activity(unit: &Unit) -> String {
    let is_current = unit.nomenclature_activite_principale_unite_legale.as_deref().is_none_or(|name| name == "NAFRev2");
    if is_current { line(unit.activite_principale_unite_legale.as_ref(), 10) } else { String::new() }
}

fn street(address: &Address) -> String {
    let parts = [
        &address.numero_voie_etablissement,
        &address.indice_repetition_etablissement,
        &address.type_voie_etablissement,
        &address.libelle_voie_etablissement,
    ];
    let told: Vec<String> = parts.into_iter().filter_map(|part| words(part.as_ref(), 45)).collect();
    told.join(" ")
}

#[cfg(test)]
mod tests;
