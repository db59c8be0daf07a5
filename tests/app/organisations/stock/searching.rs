//! Finding an organisation by its name.

use habilitation::organisations::stock::{NameSearch, search_by_name};

use super::*;

async fn search(database: &TestDatabase, typed: &str) -> Vec<String> {
    let search = NameSearch::parse(typed).unwrap();
    let found = search_by_name(&mut database.desk.acquire().await.unwrap(), &search).await.unwrap();
    found.into_iter().map(|found| found.siret.as_str().to_owned()).collect()
}

async fn some_organisations() -> TestDatabase {
    let database = TestDatabase::new().await;
    let units = [
        unit("219200235", "COMMUNE DE CLAMART", "7210"),
        unit("266903000", "HÔPITAL SAINT-ÉTIENNE", "7364").with("sigleUniteLegale", "HSE"),
        unit("418166096", "AU BON PAIN DE CLAMART", "5710"),
        unit("552032534", "BOULANGERIE CESSÉE", "5710").with("etatAdministratifUniteLegale", "C"),
        unit("732829320", "", "1000").with("nomUniteLegale", "CLAMART").with("prenomUsuelUniteLegale", "ANNE"),
    ];
    let office = |siret: &str| establishment(siret).with("etablissementSiege", "false");
    let establishments = [
        establishment("21920023500014"),
        office("21920023500022").with("etatAdministratifEtablissement", "F"),
        office("21920023500030").with("enseigne1Etablissement", "ÉCOLE JULES FERRY"),
        establishment("26690300000017").with("libelleCommuneEtablissement", "SAINT-ETIENNE").with("codePostalEtablissement", "42000"),
        establishment("41816609600069"),
        establishment("55203253400646").with("libelleCommuneEtablissement", "TULLE").with("codePostalEtablissement", "19000"),
        establishment("73282932000074"),
    ];
    import_rows(&database, &units, &establishments).await.unwrap();
    database
}

#[tokio::test]
async fn words_are_found_in_any_order_without_accents_and_by_their_beginnings() {
    let database = some_organisations().await;
    for typed in ["hôpital saint étienne", "ETIENNE hopital", "hopi 42000", "hse", "hopital st etienne", "Hôpital Saint-Étienne (42)"] {
        let expected: &[&str] = if typed.contains("(42)") { &[] } else { &["26690300000017"] };
        assert_eq!(search(&database, typed).await, expected, "{typed}");
    }
    assert_eq!(search(&database, "école ferry").await, ["21920023500030"], "by the sign of an establishment");
    assert_eq!(search(&database, "boulangerie tulle").await, ["55203253400646"], "what has ceased is found too");
    assert_eq!(search(&database, "mairie clamart").await[0], "21920023500014", "as people say it");
    assert_eq!(search(&database, "inexistant").await, Vec::<String>::new());
}

#[tokio::test]
async fn open_head_offices_come_first_and_people_are_not_found() {
    let database = some_organisations().await;
    assert_eq!(
        search(&database, "clamart").await,
        ["21920023500014", "41816609600069", "21920023500030", "21920023500022"],
        "the town hall, the bakery, the school, what is closed; nobody called so"
    );
}

#[tokio::test]
async fn what_people_type_is_never_read_as_a_query() {
    let database = some_organisations().await;
    for typed in ["clamart & | ! :* ('", "'; drop table stock_names; --", "cla\\mart", "<-> clamart", "clamart:*", "%%%", "clamart\u{301}"]
    {
        if let Ok(search) = NameSearch::parse(typed) {
            search_by_name(&mut database.desk.acquire().await.unwrap(), &search).await.unwrap();
        }
    }
    assert_eq!(search(&database, "clamart").await.len(), 4);
}
