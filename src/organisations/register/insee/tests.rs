//! Answers in the shapes INSEE documents.

use serde_json::json;
use time::macros::{date, datetime};

use super::*;
use crate::organisations::{State, UnitState};

const AT: OffsetDateTime = datetime!(2026-12-03 09:00 UTC);

fn siret(number: &str) -> Siret {
    Siret::parse(number).expect("fourteen digits").0
}

fn clamart() -> Value {
    json!({
        "header": { "statut": 200, "message": "OK" },
        "etablissement": {
            "siren": "219200235", "nic": "00014", "siret": "21920023500014", "statutDiffusionEtablissement": "O",
            "dateCreationEtablissement": "1983-03-01", "trancheEffectifsEtablissement": "42", "etablissementSiege": true,
            "uniteLegale": {
                "etatAdministratifUniteLegale": "A", "statutDiffusionUniteLegale": "O", "dateCreationUniteLegale": "1983-03-01",
                "categorieJuridiqueUniteLegale": "7210", "denominationUniteLegale": "COMMUNE DE CLAMART", "sigleUniteLegale": null,
                "activitePrincipaleUniteLegale": "84.11Z", "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
                "activitePrincipaleNAF25UniteLegale": "84.11Y", "identifiantAssociationUniteLegale": null,
                "trancheEffectifsUniteLegale": "42", "nomUniteLegale": null, "prenom1UniteLegale": null
            },
            "adresseEtablissement": {
                "complementAdresseEtablissement": null, "numeroVoieEtablissement": "1", "indiceRepetitionEtablissement": "B",
                "typeVoieEtablissement": "PL", "libelleVoieEtablissement": "MAURICE GUNSBOURG", "codePostalEtablissement": "92140",
                "libelleCommuneEtablissement": "CLAMART", "libelleCommuneEtrangerEtablissement": null,
                "codeCommuneEtablissement": "92023", "codePaysEtrangerEtablissement": null
            },
            "adresse2Etablissement": { "numeroVoie2Etablissement": null },
            "periodesEtablissement": [
                { "dateFin": null, "dateDebut": "2008-01-01", "etatAdministratifEtablissement": "A" },
                { "dateFin": "2007-12-31", "dateDebut": "1983-03-01", "etatAdministratifEtablissement": "F" }
            ]
        }
    })
}

fn with(change: impl FnOnce(&mut Value)) -> Value {
    let mut answer = clamart();
    change(&mut answer["etablissement"]);
    answer
}

fn told(raw: &Value) -> LegalEntity {
    read(&siret("21920023500014"), raw, AT).expect("believed").expect("known")
}

#[test]
fn what_is_told_is_read() {
    let entity = told(&clamart());
    assert_eq!(entity.name.as_deref(), Some("COMMUNE DE CLAMART"));
    assert_eq!(entity.legal_category.map(|category| category.to_string()).as_deref(), Some("7210"));
    assert_eq!((entity.activity_code.as_str(), entity.activity_code_2025.as_str()), ("84.11Z", "84.11Y"));
    assert_eq!(
        (entity.street.as_str(), entity.postal_code.as_str(), entity.town.as_str()),
        ("1 B PL MAURICE GUNSBOURG", "92140", "CLAMART")
    );
    assert_eq!(entity.location, Location::France { commune: "92023".into() });
    assert_eq!((entity.state(), entity.unit_state, entity.closed_on), (State::Open, Some(UnitState::Active), None));
    assert_eq!((entity.source, entity.observed_at, entity.headcount_band.as_str()), (Source::Insee, AT, "42"));
    let oldest = entity.oldest_establishment.expect("itself");
    assert_eq!((oldest.created_on, oldest.among_all), (date!(1983 - 03 - 01), false));
}

#[test]
fn only_the_period_without_an_end_holds() {
    let closed = told(&with(|establishment| {
        establishment["periodesEtablissement"] = json!([
            { "dateFin": "2002-06-19", "dateDebut": "1983-03-01", "etatAdministratifEtablissement": "A" },
            { "dateFin": null, "dateDebut": "2002-06-20", "etatAdministratifEtablissement": "F" }
        ]);
    }));
    assert_eq!((closed.state(), closed.closed_on), (State::Closed, Some(date!(2002 - 06 - 20))));
    let history = with(|establishment| {
        establishment["periodesEtablissement"] = json!([{ "dateFin": "2002-06-19", "etatAdministratifEtablissement": "A" }]);
    });
    assert_eq!(told(&history).state(), State::Unknown, "history says nothing of today");
}

#[test]
fn a_unit_that_ceased_keeps_no_activity_of_an_older_nomenclature() {
    let ceased = told(&with(|establishment| {
        establishment["uniteLegale"]["etatAdministratifUniteLegale"] = json!("C");
        establishment["uniteLegale"]["activitePrincipaleUniteLegale"] = json!("55.4A");
        establishment["uniteLegale"]["nomenclatureActivitePrincipaleUniteLegale"] = json!("NAF1993");
    }));
    assert_eq!((ceased.state(), ceased.unit_state, ceased.activity_code.as_str()), (State::Closed, Some(UnitState::Ceased), ""));
}

#[test]
fn a_natural_person_is_named_unless_part_of_the_name_is_masked() {
    let person = |given: &str, family: &str| {
        told(&with(|establishment| {
            let unit = &mut establishment["uniteLegale"];
            unit["denominationUniteLegale"] = json!(null);
            unit["statutDiffusionUniteLegale"] = json!("P");
            (unit["prenom1UniteLegale"], unit["nomUniteLegale"]) = (json!(given), json!(family));
        }))
    };
    assert_eq!(person("CLAUDE", "MARTIN").name.as_deref(), Some("CLAUDE MARTIN"));
    for (given, family) in [("[ND]", "[ND]"), ("CLAUDE", "[ND]"), ("", "MARTIN")] {
        assert_eq!(person(given, family).name, None);
    }
    assert!(person("[ND]", "[ND]").partial_disclosure);
}

#[test]
fn a_foreign_establishment_is_abroad() {
    let abroad = told(&with(|establishment| {
        let address = &mut establishment["adresseEtablissement"];
        (address["codeCommuneEtablissement"], address["codePaysEtrangerEtablissement"]) = (json!(null), json!("99134"));
        (address["libelleCommuneEtablissement"], address["libelleCommuneEtrangerEtablissement"]) = (json!(null), json!("BARCELONE"));
    }));
    assert_eq!(
        (abroad.location, abroad.town.as_str(), abroad.oldest_establishment),
        (Location::Abroad { country: "99134".into() }, "BARCELONE", None)
    );
}

#[test]
fn insee_says_itself_that_it_does_not_know() {
    let raw = json!({ "header": { "statut": 404, "message": "Aucun élément trouvé pour le siret 73282932000074" } });
    assert_eq!(read(&siret("73282932000074"), &raw, AT), Ok(None));
}

#[test]
fn an_answer_that_cannot_be_believed_is_no_answer() {
    let asked = siret("21920023500014");
    for (raw, because) in [
        (json!({}), "header"),
        (json!({ "error": "no such route" }), "header"),
        (json!({ "header": { "statut": 200 } }), "without its establishment"),
        (json!({ "header": { "statut": 500, "message": "Erreur" } }), "status 500"),
        (json!({ "header": { "statut": "200" } }), "u16"),
        (with(|establishment| establishment["siret"] = json!("21920023500022")), "another establishment"),
        (with(|establishment| establishment["uniteLegale"] = json!(null)), "no legal unit"),
        (with(|establishment| establishment["periodesEtablissement"] = json!({})), "expected a sequence"),
        (with(|establishment| establishment["dateCreationEtablissement"] = json!("hier")), "no date"),
    ] {
        let fault = read(&asked, &raw, AT).expect_err(because).to_string();
        assert!(fault.contains(because), "{fault}");
    }
}
