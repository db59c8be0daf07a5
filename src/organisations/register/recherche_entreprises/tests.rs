//! Answers in the shapes the API documents.

use serde_json::json;
use time::macros::{date, datetime};

use super::*;
use crate::organisations::{Location, State, UnitState};

const AT: OffsetDateTime = datetime!(2026-12-03 09:00 UTC);

fn siret(number: &str) -> Siret {
    Siret::parse(number).expect("fourteen digits").0
}

fn dinum() -> Value {
    let head_office = json!({
        "siret": "13002526500013", "adresse": "DINUM 20 AVENUE DE SEGUR 75007 PARIS", "code_postal": "75007", "commune": "75107",
        "libelle_commune": "PARIS", "code_pays_etranger": null, "date_creation": "2017-05-24", "date_fermeture": null,
        "etat_administratif": "A", "est_siege": true, "statut_diffusion_etablissement": "O", "numero_voie": "20",
        "liste_finess": null, "liste_uai": [null], "latitude": "48.85"
    });
    json!({
        "results": [{
            "siren": "130025265", "nom_complet": "DIRECTION INTERMINISTERIELLE DU NUMERIQUE (DINUM)",
            "nom_raison_sociale": "DIRECTION INTERMINISTERIELLE DU NUMERIQUE", "sigle": "DINUM", "nombre_etablissements": 1,
            "nombre_etablissements_ouverts": 1, "siege": head_office, "matching_etablissements": [head_office],
            "activite_principale": "84.11Z", "activite_principale_naf25": "84.11Y", "categorie_entreprise": "PME",
            "date_creation": "2017-05-24", "etat_administratif": "A", "nature_juridique": "7120", "tranche_effectif_salarie": "22",
            "statut_diffusion": "O",
            "complements": {
                "est_service_public": null, "est_l100_3": null, "est_administration": true, "identifiant_association": null,
                "est_finess": false, "est_uai": false, "est_organisme_formation": true, "est_qualiopi": null,
                "collectivite_territoriale": null
            }
        }],
        "total_results": 1, "page": 1, "per_page": 1, "total_pages": 1
    })
}

fn with(change: impl FnOnce(&mut Value)) -> Value {
    let mut answer = dinum();
    change(&mut answer["results"][0]);
    answer
}

fn told(raw: &Value, number: &str) -> LegalEntity {
    read(&siret(number), raw, AT).expect("believed").expect("known")
}

#[test]
fn what_is_told_is_read() {
    let entity = told(&dinum(), "13002526500013");
    assert_eq!(entity.name.as_deref(), Some("DIRECTION INTERMINISTERIELLE DU NUMERIQUE"));
    assert_eq!(entity.legal_category.map(|category| category.to_string()).as_deref(), Some("7120"));
    assert_eq!((entity.activity_code.as_str(), entity.activity_code_2025.as_str()), ("84.11Z", "84.11Y"));
    assert_eq!((entity.street.as_str(), entity.postal_code.as_str(), entity.town.as_str()), ("DINUM 20 AVENUE DE SEGUR", "75007", "PARIS"));
    assert_eq!(entity.location, Location::France { commune: "75107".into() });
    assert_eq!((entity.state(), entity.unit_state), (State::Open, Some(UnitState::Active)));
    assert_eq!((entity.establishment_created_on, entity.unit_created_on), (Some(date!(2017 - 05 - 24)), Some(date!(2017 - 05 - 24))));
    assert_eq!((entity.open_establishments, entity.headcount_band.as_str()), (Some(1), "22"));
    assert_eq!(entity.listings, [Listing::TrainingBody]);
    assert_eq!((entity.source, entity.observed_at, entity.partial_disclosure), (Source::RechercheEntreprises, AT, false));
    let oldest = entity.oldest_establishment.expect("told");
    assert_eq!((oldest.created_on, oldest.town.as_str(), oldest.among_all), (date!(2017 - 05 - 24), "PARIS", true));
}

#[test]
fn the_oldest_of_many_is_one_of_the_two_that_are_told() {
    let raw = with(|unit| {
        unit["nombre_etablissements"] = json!(12_734);
        unit["matching_etablissements"] = json!([{
            "siret": "13002526500021", "commune": "69123", "libelle_commune": "LYON", "date_creation": "2020-01-02", "etat_administratif": "A"
        }]);
    });
    let entity = told(&raw, "13002526500021");
    assert_eq!((entity.town.as_str(), entity.establishment_created_on), ("LYON", Some(date!(2020 - 01 - 02))));
    let oldest = entity.oldest_establishment.expect("told");
    assert_eq!((oldest.created_on, oldest.town.as_str(), oldest.among_all), (date!(2017 - 05 - 24), "PARIS", false));
}

#[test]
fn closed_ceased_and_foreign_ones_are_told_apart() {
    let closed = with(|unit| {
        unit["matching_etablissements"][0]["etat_administratif"] = json!("F");
        unit["matching_etablissements"][0]["date_fermeture"] = json!("2024-02-29");
    });
    let closed = told(&closed, "13002526500013");
    assert_eq!((closed.state(), closed.closed_on), (State::Closed, Some(date!(2024 - 02 - 29))));
    let ceased = told(&with(|unit| unit["etat_administratif"] = json!("C")), "13002526500013");
    assert_eq!((ceased.state(), ceased.unit_state, ceased.closed_on), (State::Closed, Some(UnitState::Ceased), None));
    let foreign = told(
        &with(|unit| {
            unit["siege"]["code_pays_etranger"] = json!("99134");
            unit["siege"]["commune"] = json!(null);
            unit["matching_etablissements"][0]["commune"] = json!(null);
        }),
        "13002526500013",
    );
    assert_eq!((foreign.location, foreign.oldest_establishment), (Location::Abroad { country: "99134".into() }, None));
}

#[test]
fn a_mask_is_never_taken_for_a_fact() {
    let mask = "[NON-DIFFUSIBLE]";
    let raw = with(|unit| {
        unit["nom_complet"] = json!(format!("{mask} {mask}"));
        unit["nom_raison_sociale"] = json!(null);
        unit["statut_diffusion"] = json!("P");
        unit["nature_juridique"] = json!("1000");
        for field in ["adresse", "code_postal"] {
            unit["matching_etablissements"][0][field] = json!(mask);
        }
    });
    let entity = told(&raw, "13002526500013");
    assert_eq!((entity.name, entity.partial_disclosure), (None, true));
    assert_eq!((entity.street.as_str(), entity.postal_code.as_str(), entity.town.as_str()), ("", "", "PARIS"));
}

#[test]
fn what_may_be_absent_may_be_absent_or_null() {
    for raw in [
        json!({ "results": [{ "siren": "130025265", "siege": { "siret": "13002526500013" } }] }),
        json!({ "results": [{
            "siren": "130025265", "nom_complet": null, "siege": null, "matching_etablissements": [{ "siret": "13002526500013" }],
            "nombre_etablissements": null, "complements": null, "nature_juridique": null
        }], "total_results": null }),
    ] {
        let entity = told(&raw, "13002526500013");
        assert_eq!((entity.name.clone(), entity.legal_category, entity.state()), (None, None, State::Unknown));
        assert_eq!((entity.location, entity.oldest_establishment), (Location::NotTold, None));
    }
}

#[test]
fn an_association_keeps_its_number_and_its_lists() {
    let raw = with(|unit| {
        unit["complements"] = json!({ "identifiant_association": "W751004076", "est_finess": true, "est_uai": true, "est_qualiopi": true });
    });
    let entity = told(&raw, "13002526500013");
    assert_eq!(entity.association_number, "W751004076");
    assert_eq!(entity.listings, [Listing::Finess, Listing::Uai, Listing::Qualiopi]);
}

#[test]
fn a_name_is_made_fit_to_be_kept() {
    let raw = with(|unit| unit["nom_raison_sociale"] = json!(format!(" MAIRIE\nDE\u{202e} {}", "X".repeat(300))));
    let name = told(&raw, "13002526500013").name.expect("named");
    assert!(name.starts_with("MAIRIE DE  XXX") && name.chars().count() == 200, "{name}");
}

#[test]
fn an_empty_answer_says_that_the_number_is_unknown() {
    let raw = json!({ "results": [], "total_results": 0, "page": 1, "per_page": 1, "total_pages": 0 });
    assert_eq!(read(&siret("73282932000074"), &raw, AT), Ok(None));
}

#[test]
fn an_answer_that_cannot_be_believed_is_no_answer() {
    let asked = siret("13002526500013");
    for (raw, because) in [
        (json!({}), "results"),
        (json!({ "erreur": "Veuillez indiquer au moins un paramètre de recherche." }), "results"),
        (json!({ "results": null }), "null"),
        (json!({ "results": [], "total_results": 3 }), "announced"),
        (json!({ "results": "none" }), "expected a sequence"),
        (with(|unit| unit["siren"] = json!("552100554")), "another legal unit"),
        (with(|unit| unit["siren"] = json!(130_025_265)), "expected a string"),
        (
            with(|unit| {
                unit["siege"]["siret"] = json!("13002526500021");
                unit["matching_etablissements"] = json!([]);
            }),
            "another establishment",
        ),
        (with(|unit| unit["nature_juridique"] = json!("Mairie")), "no legal category"),
        (with(|unit| unit["date_creation"] = json!("24/05/2017")), "no date"),
        (with(|unit| unit["etat_administratif"] = json!("Z")), "no state of a legal unit"),
        (with(|unit| unit["matching_etablissements"][0]["etat_administratif"] = json!("C")), "no state of an establishment"),
        (with(|unit| unit["nombre_etablissements_ouverts"] = json!(-1)), "u32"),
    ] {
        let fault = read(&asked, &raw, AT).expect_err(because).to_string();
        assert!(fault.contains(because), "{fault}");
    }
}
