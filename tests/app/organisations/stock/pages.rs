//! `/organismes/recherche`, in a browser.

use axum::http::StatusCode;

use super::*;
use crate::{organisations::joining::camille, support::TestSite};

#[tokio::test]
async fn a_name_leads_to_the_organisation_to_be_confirmed() {
    let site = TestSite::new().await;
    let (units, mut establishments) = clamart();
    establishments.push(establishment("21920023500022").with("etatAdministratifEtablissement", "F"));
    import_rows(&site.database, &units, &establishments).await.unwrap();
    let register = Register::new([Adapter::Stock(site.state.db.clone())]);
    let site = site.with_register(register);
    let mut camille = camille(&site).await;
    for (asks, purpose) in [("/demandes/nouvelle", "demande"), ("/compte/organismes/nouveau", "organisme")] {
        let page = camille.get(asks).await;
        assert!(page.says("Vous ne connaissez pas le SIRET ? Cherchez par nom"), "{}", page.text());
        let search = page.attribute("a[href^='/organismes/recherche']", "href").unwrap();
        assert_eq!(search, format!("/organismes/recherche?pour={purpose}"));
        let page = camille.get(&search).await;
        assert_eq!((page.status, page.count("table")), (StatusCode::OK, 0));
        let page = camille.get(&format!("{search}&nom=mairie+cl%C3%A2mart")).await;
        assert_eq!((page.status, page.count("tbody tr")), (StatusCode::OK, 2));
        assert!(page.says("COMMUNE DE CLAMART 92140 CLAMART 219 200 235 00014 Siège Choisir"), "{}", page.text());
        assert!(page.says("219 200 235 00022 Fermé Aucune demande possible"), "{}", page.text());
        let chosen = page.attribute("tbody a", "href").unwrap();
        assert_eq!(chosen, format!("{asks}?siret=21920023500014"));
        let page = camille.get(&chosen).await;
        assert!(page.says("Est-ce bien votre organisme ?") && page.says("Registre Sirene, stock mensuel de l’INSEE, 31 octobre 2026."));
    }
}

#[tokio::test]
async fn results_come_twenty_at_a_time() {
    let site = TestSite::new().await;
    let lines: Vec<EstablishmentLine> = (1..=45).map(|nic| establishment(&format!("219200235{nic:05}"))).collect();
    import_rows(&site.database, &clamart().0, &lines).await.unwrap();
    let mut camille = camille(&site).await;
    let mut seen = std::collections::HashSet::new();
    let mut next = Some("/organismes/recherche?nom=clamart&pour=organisme".to_owned());
    let mut sizes = Vec::new();
    while let Some(address) = next {
        let page = camille.get(&address).await;
        sizes.push(page.count("tbody tr"));
        seen.extend(page.html.split("?siret=").skip(1).map(|rest| rest[..14].to_owned()));
        next = page.attribute("a.fr-icon-arrow-right-line", "href");
    }
    assert_eq!((sizes, seen.len()), (vec![20, 20, 5], 45));
}

#[tokio::test]
async fn what_cannot_be_looked_for_is_told_beside_the_field() {
    let site = TestSite::new().await;
    let mut camille = camille(&site).await;
    let page = camille.get("/organismes/recherche").await;
    assert!(page.says("La recherche par nom n’est pas disponible") && page.count("form[role=search]") == 0, "{}", page.text());
    assert!(!camille.get("/demandes/nouvelle").await.says("Cherchez par nom"), "there is nowhere to look");

    import_rows(&site.database, &clamart().0, &clamart().1).await.unwrap();
    for (typed, words) in
        [("", "Indiquez au moins un mot du nom"), ("x", "trop court"), (&"a".repeat(200), "trop long"), ("%00", "invisible")]
    {
        let page = camille.get(&format!("/organismes/recherche?nom={typed}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(page.says(words) && page.count("#nom[aria-invalid=true]") == 1, "{typed}: {}", page.text());
    }
    let page = camille.get("/organismes/recherche?nom=%3Cscript%3E+inexistant&page=99999999999999999999").await;
    assert!(page.says("Aucun organisme ne porte ces mots") && !page.html.contains("<script>"), "{}", page.text());
}
