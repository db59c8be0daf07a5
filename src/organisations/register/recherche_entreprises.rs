//! The API « Recherche d’entreprises » of the State (no key, 7 calls a second), as its documentation describes its answers.

use serde::Deserialize;
use serde_json::Value;
use time::{Date, OffsetDateTime};

use super::{
    EstablishmentState, LegalEntity, Listing, OldestEstablishment, Source,
    reading::{Unreadable, date, establishment_state, fields, is_partial, legal_category, line, location, unit_state, words},
};
use crate::organisations::Siret;

/// What is asked for a SIRET: neither managers nor accounts, which are nobody's business here.
pub(super) fn path(siret: &Siret) -> String {
    format!("search?q={}&minimal=true&include=siege,matching_etablissements,complements&per_page=1", siret.as_str())
}

#[derive(Deserialize)]
struct Search {
    results: Vec<Unit>,
    total_results: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Unit {
    siren: Option<String>,
    nom_complet: Option<String>,
    nom_raison_sociale: Option<String>,
    nombre_etablissements: Option<u32>,
    nombre_etablissements_ouverts: Option<u32>,
    siege: Option<Establishment>,
    matching_etablissements: Option<Vec<Establishment>>,
    activite_principale: Option<String>,
    activite_principale_naf25: Option<String>,
    date_creation: Option<String>,
    etat_administratif: Option<String>,
    nature_juridique: Option<String>,
    tranche_effectif_salarie: Option<String>,
    statut_diffusion: Option<String>,
    complements: Option<Complements>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Establishment {
    siret: Option<String>,
    adresse: Option<String>,
    code_postal: Option<String>,
    commune: Option<String>,
    libelle_commune: Option<String>,
    /// Told of the head office only.
    code_pays_etranger: Option<String>,
    date_creation: Option<String>,
    date_fermeture: Option<String>,
    etat_administratif: Option<String>,
    statut_diffusion_etablissement: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Complements {
    identifiant_association: Option<String>,
    est_finess: Option<bool>,
    est_uai: Option<bool>,
    est_organisme_formation: Option<bool>,
    est_qualiopi: Option<bool>,
}

/// What an answer tells of the SIRET that was asked; nothing when the register does not hold it.
///
/// # Errors
/// [`Unreadable`] when it is no such answer, or tells of another number.
pub fn read(siret: &Siret, raw: &Value, observed_at: OffsetDateTime) -> Result<Option<LegalEntity>, Unreadable> {
    let search: Search = fields(raw)?;
    if search.results.is_empty() {
        return match search.total_results {
            None | Some(0) => Ok(None),
            Some(_) => Err(Unreadable::because("results are announced and none is there")),
        };
    }
    let of_unit = |unit: &&Unit| unit.siren.as_deref() == Some(siret.siren().as_str());
    let unit = search.results.iter().find(of_unit).ok_or_else(|| Unreadable::because("it tells of another legal unit"))?;
    let establishment = unit.establishment(siret).ok_or_else(|| Unreadable::because("it tells of another establishment"))?;
    tell(siret, unit, &establishment, observed_at).map(Some)
}

impl Unit {
    /// The establishment, with the country that is told of a head office only.
    fn establishment(&self, siret: &Siret) -> Option<Establishment> {
        let is_it = |establishment: &&Establishment| establishment.siret.as_deref() == Some(siret.as_str());
        let head_office = self.siege.as_ref().filter(is_it);
        let matching = self.matching_etablissements.iter().flatten().find(is_it);
        let mut found = matching.or(head_office)?.clone();
        if found.code_pays_etranger.is_none() {
            found.code_pays_etranger = head_office.and_then(|head_office| head_office.code_pays_etranger.clone());
        }
        Some(found)
    }

    /// Among the one that was asked and the head office: the others are not told.
    fn oldest(&self, asked: &Establishment) -> Result<Option<OldestEstablishment>, Unreadable> {
        let mut oldest: Option<(Date, &Establishment)> = None;
        let head_office = self.siege.iter().filter(|head_office| head_office.siret != asked.siret);
        let seen: Vec<&Establishment> = std::iter::once(asked).chain(head_office).collect();
        for establishment in &seen {
            let is_french = words(establishment.code_pays_etranger.as_ref(), 10).is_none() && establishment.commune.is_some();
            let Some(created_on) = date(establishment.date_creation.as_ref())?.filter(|_| is_french) else { continue };
            if oldest.is_none_or(|(before, _)| created_on < before) {
                oldest = Some((created_on, establishment));
            }
        }
        let among_all = self.nombre_etablissements.is_some_and(|count| usize::try_from(count).is_ok_and(|count| count == seen.len()));
        Ok(oldest.map(|(created_on, establishment)| OldestEstablishment {
            created_on,
            town: line(establishment.libelle_commune.as_ref(), 100),
            among_all,
        }))
    }

    fn listings(&self) -> Vec<Listing> {
        let Some(complements) = &self.complements else { return Vec::new() };
        [
            (complements.est_finess, Listing::Finess),
            (complements.est_uai, Listing::Uai),
            (complements.est_organisme_formation, Listing::TrainingBody),
            (complements.est_qualiopi, Listing::Qualiopi),
        ]
        .into_iter()
        .filter_map(|(is_listed, listing)| (is_listed == Some(true)).then_some(listing))
        .collect()
    }
}

fn tell(siret: &Siret, unit: &Unit, establishment: &Establishment, observed_at: OffsetDateTime) -> Result<LegalEntity, Unreadable> {
    let state = establishment_state(establishment.etat_administratif.as_ref())?;
    let closed_on = date(establishment.date_fermeture.as_ref())?.filter(|_| state == Some(EstablishmentState::Closed));
    Ok(LegalEntity {
        siret: siret.clone(),
        name: words(unit.nom_raison_sociale.as_ref(), 200).or_else(|| words(unit.nom_complet.as_ref(), 200)),
        legal_category: legal_category(unit.nature_juridique.as_ref())?,
        activity_code: line(unit.activite_principale.as_ref(), 10),
        activity_code_2025: line(unit.activite_principale_naf25.as_ref(), 10),
        street: street(establishment),
        postal_code: line(establishment.code_postal.as_ref(), 10),
        town: line(establishment.libelle_commune.as_ref(), 100),
        location: location(establishment.commune.as_ref(), establishment.code_pays_etranger.as_ref()),
        establishment_created_on: date(establishment.date_creation.as_ref())?,
        closed_on,
        establishment_state: state,
        unit_created_on: date(unit.date_creation.as_ref())?,
        unit_state: unit_state(unit.etat_administratif.as_ref())?,
        oldest_establishment: unit.oldest(establishment)?,
        open_establishments: unit.nombre_etablissements_ouverts,
        association_number: line(unit.complements.as_ref().and_then(|complements| complements.identifiant_association.as_ref()), 20),
        headcount_band: line(unit.tranche_effectif_salarie.as_ref(), 10),
        listings: unit.listings(),
        partial_disclosure: is_partial([unit.statut_diffusion.as_ref(), establishment.statut_diffusion_etablissement.as_ref()]),
        source: Source::RechercheEntreprises,
        observed_at,
    })
}

/// Number and street: `adresse` is one line that ends with postal code and town.
fn street(establishment: &Establishment) -> String {
    let address = line(establishment.adresse.as_ref(), 400);
    let postal_code = line(establishment.code_postal.as_ref(), 10);
    let before = if postal_code.is_empty() { None } else { address.rfind(&postal_code) };
    let street = before.map_or(address.as_str(), |at| &address[..at]).trim();
    street.chars().take(200).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests;
