//! How somebody who files for clients finds their way, and under which names.

use axum::http::StatusCode;
use habilitation::{accounts::DEMO_PASSWORD, config::Switch, demo};

use super::{CLAMART, VENDOR, a_vendor};
use crate::support::{Answer, TestSite, Visitor, given};

/// A number that no register of these tests knows.
const UNKNOWN: &str = "73282932000074";

const IN_THE_HEADER: &str = "header a[href='/clients']";

/// Starts a demande of an organisation nobody knows, under that name.
async fn declare(browser: &mut Visitor, ask: &str, start: &str, name: &str) -> Answer {
    let key = browser.get(&format!("{ask}?siret={UNKNOWN}")).await.attribute("input[name=start_key]", "value").unwrap();
    let fields = [("siret", UNKNOWN), ("nom_organisme", name), ("commune_organisme", "Tulle"), ("type", "administration")];
    let started = browser.post(start, &[&fields[..], &[("start_key", key.as_str())]].concat()).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text());
    started
}

#[tokio::test]
async fn clients_are_in_the_menu_of_those_who_have_some() {
    let site = TestSite::new().await;
    let (_, vendor, mut karim) = a_vendor(&site).await;
    let before = karim.get("/demandes").await;
    assert_eq!(before.count(IN_THE_HEADER), 0, "he has none yet");
    assert_eq!(before.count("main a[href='/clients']"), 1, "the way in is there all the same: {}", before.text());
    assert_eq!(karim.post(&format!("/compte/organismes/{vendor}/clients"), &[("siret", CLAMART)]).await.status, StatusCode::SEE_OTHER);
    let after = karim.get("/demandes").await;
    assert_eq!((after.count(IN_THE_HEADER), after.count("main a[href='/clients']")), (1, 0), "no demande yet: {}", after.text());
    let clients = karim.get("/clients").await;
    assert_eq!(clients.attribute(IN_THE_HEADER, "aria-current").as_deref(), Some("page"));
    // A colleague whose membership nobody confirmed speaks for nobody, nor do others.
    given::a_person(&site, "lea@ailleurs.test").await;
    let mut lea = site.visitor();
    lea.sign_in("lea@ailleurs.test").await;
    assert_eq!(lea.post("/compte/organismes", &[("siret", VENDOR)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(lea.get("/demandes").await.count(IN_THE_HEADER), 0);
    let mut sophie = site.visitor();
    sophie.sign_in("reviewer@equipe.test").await;
    assert_eq!(sophie.get("/instruction").await.count(IN_THE_HEADER), 0);
}

#[tokio::test]
async fn a_client_no_register_knows_bears_the_name_its_vendor_gave_it_and_no_other() {
    let site = TestSite::new().await;
    given::a_person(&site, "lea@ailleurs.test").await;
    let mut lea = site.visitor();
    lea.sign_in("lea@ailleurs.test").await;
    declare(&mut lea, "/demandes/nouvelle", "/demandes", "Les fêtes de Tulle").await;
    let (_, vendor, mut karim) = a_vendor(&site).await;
    let (ask, start) = (format!("/clients/{vendor}/nouvelle"), format!("/clients/{vendor}/demandes"));
    let started = declare(&mut karim, &ask, &start, "Mairie de Tulle").await;
    for path in ["/demandes", "/demandes?q=mairie", "/clients"] {
        let page = karim.get(path).await;
        assert!(page.says("Mairie de Tulle") && !page.says("Les fêtes de Tulle"), "{path}: {}", page.text());
    }
    assert!(karim.get("/demandes").await.says("Mairie de Tulle, votre client"));
    assert!(karim.get("/demandes?q=fêtes").await.says("Aucune demande ne correspond"));
    assert_eq!(karim.get("/demandes").await.count("main a[href='/clients']"), 1);
    let hers = lea.get("/demandes").await;
    assert!(hers.says("Les fêtes de Tulle") && !hers.says("Mairie de Tulle"), "{}", hers.text());
    let thrown_away = started.location().replace("/organisme", "/suppression");
    assert_eq!(karim.post(&thrown_away, &[]).await.status, StatusCode::SEE_OTHER);
    let bin = karim.get("/demandes/corbeille").await;
    assert!(bin.says("Mairie de Tulle") && !bin.says("Les fêtes de Tulle"), "{}", bin.text());
}

#[tokio::test]
async fn the_vendor_of_the_demonstration_has_something_to_show() {
    let site = TestSite::with(|config| config.demo = Switch::On).await;
    demo::seed(&site.state).await.unwrap();
    let mut karim = site.visitor();
    assert_eq!(
        karim.post("/connexion", &[("email", "editeur@demo.test"), ("password", DEMO_PASSWORD)]).await.status,
        StatusCode::SEE_OTHER
    );
    let clients = karim.get("/clients").await;
    assert!(clients.says("3 clients, 1 demande attend votre action."), "{}", clients.text());
    for words in
        ["Réservation des salles et des équipements sportifs", "Candidature à l’expérimentation", "Aucune demande. En commencer une"]
    {
        assert!(clients.says(words), "{words}: {}", clients.text());
    }
    let filed = clients.attribute("a.fr-link[href^='/demandes/']:not([href$='/copie'])", "href").unwrap();
    assert!(karim.get(&filed).await.says("Logiciels Publics Réunis SAS"));
    site.letters().await;
}
