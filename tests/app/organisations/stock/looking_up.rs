//! What the stock tells of a SIRET.

use habilitation::organisations::{Answer, EstablishmentState, Location, OldestEstablishment, Source, State, UnitState};
use time::macros::date;

use super::*;

#[tokio::test]
async fn an_empty_stock_does_not_answer() {
    let database = TestDatabase::new().await;
    assert_eq!(look_up(&database, "21920023500014").await, Answer::Unavailable);
    let (units, establishments) = clamart();
    import_rows(&database, &units, &establishments).await.unwrap();
    assert_eq!(look_up(&database, "13002526500013").await, Answer::Unknown);
}

#[tokio::test]
async fn everything_a_rule_needs_is_told() {
    let database = TestDatabase::new().await;
    let unit = unit("219200235", "COMMUNE DE CLAMART", "7210")
        .with("dateCreationUniteLegale", "1900-01-01")
        .with("trancheEffectifsUniteLegale", "42")
        .with("identifiantAssociationUniteLegale", "W921234567");
    let town_hall =
        establishment("21920023500014").with("dateCreationEtablissement", "1983-03-01").with("indiceRepetitionEtablissement", "B");
    let closed = establishment("21920023500022")
        .with("dateCreationEtablissement", "1970-06-01")
        .with("etablissementSiege", "false")
        .with("etatAdministratifEtablissement", "F")
        .with("dateDebut", "2002-06-20")
        .with("libelleCommuneEtablissement", "MEUDON");
    let abroad = establishment("21920023500030")
        .with("dateCreationEtablissement", "1950-01-01")
        .with("codeCommuneEtablissement", "")
        .with("libelleCommuneEtablissement", "")
        .with("codePaysEtrangerEtablissement", "99134")
        .with("libelleCommuneEtrangerEtablissement", "MAJADAHONDA");
    import_rows(&database, &[unit], &[town_hall, closed, abroad]).await.unwrap();

    let entity = known(&database, "21920023500014").await;
    assert_eq!(entity.name.as_deref(), Some("COMMUNE DE CLAMART"));
    assert_eq!(entity.legal_category.map(|category| category.to_string()).as_deref(), Some("7210"));
    assert_eq!((entity.activity_code.as_str(), entity.activity_code_2025.as_str()), ("84.11Z", "84.11Y"));
    assert_eq!(
        (entity.street.as_str(), entity.postal_code.as_str(), entity.town.as_str()),
        ("1 B PL MAURICE GUNSBOURG", "92140", "CLAMART")
    );
    assert_eq!(entity.location, Location::France { commune: "92023".into() });
    assert_eq!(
        (entity.establishment_created_on, entity.unit_created_on, entity.closed_on),
        (Some(date!(1983 - 03 - 01)), Some(date!(1900 - 01 - 01)), None)
    );
    assert_eq!((entity.establishment_state, entity.unit_state), (Some(EstablishmentState::Open), Some(UnitState::Active)));
    let oldest = OldestEstablishment { created_on: date!(1970 - 06 - 01), town: "MEUDON".into(), among_all: true };
    assert_eq!((entity.oldest_establishment, entity.open_establishments), (Some(oldest), Some(2)));
    assert_eq!((entity.association_number.as_str(), entity.headcount_band.as_str()), ("W921234567", "42"));
    assert_eq!((entity.source, entity.observed_at), (Source::LocalStock, datetime!(2026-10-31 12:00 UTC)));

    let closed = known(&database, "21920023500022").await;
    assert_eq!((closed.state(), closed.closed_on), (State::Closed, Some(date!(2002 - 06 - 20))));
    let abroad = known(&database, "21920023500030").await;
    assert_eq!((abroad.location, abroad.town.as_str()), (Location::Abroad { country: "99134".into() }, "MAJADAHONDA"));
}

#[tokio::test]
async fn masks_old_codes_and_other_peoples_names_are_not_told() {
    let database = TestDatabase::new().await;
    let person = |siren: &str| {
        unit(siren, "", "1000").with("nomUniteLegale", "MARTIN").with("prenom1UniteLegale", "ANNE").with("prenomUsuelUniteLegale", "ANNIE")
    };
    let units = [
        person("005572466")
            .with("statutDiffusionUniteLegale", "P")
            .with("etatAdministratifUniteLegale", "C")
            .with("activitePrincipaleUniteLegale", "52.4C")
            .with("nomenclatureActivitePrincipaleUniteLegale", "NAF1993"),
        person("732829320"),
        unit("949573257", "[ND]", "5499").with("statutDiffusionUniteLegale", "P"),
        unit("130025265", "", "7120").with("denominationUsuelle1UniteLegale", "DINUM"),
    ];
    let masked = establishment("94957325700019")
        .with("statutDiffusionEtablissement", "P")
        .with("numeroVoieEtablissement", "[ND]")
        .with("typeVoieEtablissement", "[ND]")
        .with("libelleVoieEtablissement", "[ND]")
        .with("codePostalEtablissement", "[ND]");
    let establishments = [establishment("00557246600026"), establishment("73282932000074"), masked, establishment("13002526500013")];
    import_rows(&database, &units, &establishments).await.unwrap();

    let ceased = known(&database, "00557246600026").await;
    assert_eq!((ceased.name.as_deref(), ceased.partial_disclosure, ceased.state()), (None, true, State::Closed));
    assert_eq!(ceased.activity_code, "", "a code of an old nomenclature is no NAF rév. 2");
    assert_eq!(known(&database, "73282932000074").await.name.as_deref(), Some("ANNIE MARTIN"));
    let masked = known(&database, "94957325700019").await;
    assert_eq!((masked.name, masked.street.as_str(), masked.postal_code.as_str(), masked.town.as_str()), (None, "", "", "CLAMART"));
    assert!(masked.partial_disclosure);
    assert_eq!(known(&database, "13002526500013").await.name.as_deref(), Some("DINUM"));
}

#[tokio::test]
async fn a_registered_number_is_kept_although_its_control_digits_are_wrong() {
    let database = TestDatabase::new().await;
    let report = import_rows(&database, &[unit("889742876", "INHABITUEL", "5710")], &[establishment("88974287600009")]).await.unwrap();
    assert_eq!((report.establishments.kept, report.establishments.bad), (1, 0));
    assert_eq!(known(&database, "88974287600009").await.name.as_deref(), Some("INHABITUEL"));
}

#[tokio::test]
async fn packing_order_and_further_columns_change_nothing() {
    let database = TestDatabase::new().await;
    let units = [unit("219200235", "COMMUNE DE CLAMART", "7210").with("denominationUsuelle1UniteLegale", "MAIRIE, \"LA MAISON\"")];
    let (units, establishments) = (units_csv(&units), establishments_csv(&clamart().1));
    let directory = Directory::new();
    let usual = directory.files(units.as_bytes(), establishments.as_bytes());
    let reversed = |text: &str| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        for record in reader.records().map(Result::unwrap) {
            let first = if record.iter().any(|value| value.starts_with("sire")) { "colonneNouvelle" } else { "é" };
            writer.write_record(std::iter::once(first).chain(record.iter().rev())).unwrap();
        }
        [b"\xef\xbb\xbf".to_vec(), writer.into_inner().unwrap()].concat()
    };
    let mut seen = Vec::new();
    for files in [
        usual,
        directory.files(&gzipped(units.as_bytes()), &gzipped(establishments.as_bytes())),
        directory.files(&zipped(&[("a", units.as_bytes())]), &zipped(&[("dossier/b.csv", establishments.as_bytes())])),
        directory.files(&reversed(&units), &reversed(&establishments)),
    ] {
        let report = import(&database, &files).await.unwrap();
        assert_eq!((report.units.bad, report.establishments.bad), (0, 0));
        seen.push((report, known(&database, "21920023500014").await));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");

    let without = units.replace(",activitePrincipaleNAF25UniteLegale", "").replace(",84.11Y", "");
    import(&database, &directory.files(without.as_bytes(), establishments.as_bytes())).await.unwrap();
    let entity = known(&database, "21920023500014").await;
    assert_eq!((entity.activity_code.as_str(), entity.activity_code_2025.as_str()), ("84.11Z", ""));
}
