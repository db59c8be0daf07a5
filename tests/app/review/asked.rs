//! A request for changes point by point: written beside each answer, read beside each field, and compared when it is answered.

use axum::http::StatusCode;
use habilitation::review::request_changes;

use super::{FILED, SERVICE, a_site_with_a_dossier, last_letter_to};
use crate::support::{TestSite, given};

#[tokio::test]
async fn asking_for_changes_twice_asks_once() {
    let site = TestSite::new().await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let id = given::a_submitted_application(&site, &camille).await;
    for attempt in 0..2 {
        let mut transaction = site.state.db.begin().await.unwrap();
        let asked = request_changes(&mut transaction, &nadia, id, 1, "Précisez.".into(), SERVICE, site.state.clock.now()).await;
        assert_eq!(asked.is_ok(), attempt == 0);
        transaction.commit().await.unwrap();
    }
    assert_eq!(site.letters().await, [FILED[0], FILED[1], "changes_requested to camille@clamart.test"]);
}

const MESSAGE: &str = "Deux précisions.";
const SEX: &str = "Dans quel cas la date est-elle utile ?";
const HOST: &str = "Nommez l’hébergeur.";

#[tokio::test]
async fn each_point_is_shown_beside_its_field_and_what_changed_there_comes_back() {
    let (site, mut nadia, id) = a_site_with_a_dossier().await;
    let form = nadia.get(&format!("/instruction/{}/modifications", id.0)).await;
    assert_eq!(form.count("textarea[name='point.donnees.scopes-birthdate']"), 1, "{}", form.text());
    assert_eq!(form.count("textarea[name='point.contacts.technical_contact']"), 1);
    assert_eq!(form.count("textarea[name='point.donnees.scopes-gender']"), 0, "only what was answered is asked about");
    let decision = format!("/instruction/{}/decision", id.0);
    let asked = [
        ("outcome", "changes_requested"),
        ("version", "1"),
        ("message", MESSAGE),
        ("point.donnees.scopes-birthdate", SEX),
        ("point.traitement", HOST),
        ("point.service", "  "),
        ("point.cadre", ""),
    ];
    assert_eq!(nadia.decides(&decision, &asked).await.status, StatusCode::SEE_OTHER);
    let letter = last_letter_to(&site, "camille@clamart.test").await;
    assert!(letter.contains(MESSAGE) && letter.contains(&format!("1. Les données : date de naissance {SEX}")), "{letter}");

    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let base = format!("/demandes/{}", id.0);
    let follow = camille.get(&base).await;
    assert!(follow.says("Répondre aux 2 points") && follow.says("Les données : date de naissance"), "{}", follow.text());
    assert_eq!(follow.count(&format!("a[href='{base}/donnees#scopes-birthdate']")), 1);
    let data = camille.get(&format!("{base}/donnees")).await;
    assert!(data.says(SEX) && !data.says(HOST), "a step shows its own points: {}", data.text());
    assert_eq!(data.count("#scopes-birthdate-demande"), 1, "beside the datum");
    assert_eq!(data.count(".fr-sidemenu .hab-asked__count"), 2, "the menu counts those of each step");
    assert!(camille.get(&format!("{base}/service")).await.says(MESSAGE));

    let revision = data.attribute("input[name=revision]", "value").unwrap();
    // A mistake gives the page back with the points still there.
    let wrong =
        camille.post(&format!("{base}/donnees"), &[("scopes", "birthplace"), ("revision", &revision), ("suite", "continuer")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.count("#scopes-birthdate-demande") == 1);
    let revision = wrong.attribute("input[name=revision]", "value").unwrap();
    let kept = [("scopes", "family_name"), ("scopes", "given_name"), ("revision", revision.as_str()), ("suite", "continuer")];
    assert_eq!(camille.post(&format!("{base}/donnees"), &kept).await.status, StatusCode::SEE_OTHER);
    let summary = camille.get(&format!("{base}/recapitulatif")).await;
    assert!(summary.says(SEX) && summary.says(HOST), "{}", summary.text());
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    assert_eq!(camille.post(&format!("{base}/depot"), &given::attested(&seen)).await.status, StatusCode::SEE_OTHER);

    let dossier = nadia.get(&format!("/instruction/{}", id.0)).await;
    assert!(dossier.says("Ce qui était demandé") && dossier.says(SEX) && dossier.says(HOST), "{}", dossier.text());
    assert_eq!(dossier.count("#changements .hab-rules del"), 1, "the date was taken out where it was asked about");
    assert_eq!(dossier.count("#changements .hab-rules .fr-badge--warning"), 1, "nothing changed about the host");
    assert!(!camille.get(&base).await.says("Ce que l’on vous demande"));
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 3);
    assert_eq!(site.letters_to("nadia@dinum.test").await.len(), 2);
}

#[tokio::test]
async fn points_alone_are_a_request_and_one_that_cannot_be_kept_loses_nothing() {
    let (site, mut nadia, id) = a_site_with_a_dossier().await;
    let decision = format!("/instruction/{}/decision", id.0);
    let long = "a".repeat(2001);
    let typed = [
        ("outcome", "changes_requested"),
        ("version", "1"),
        ("message", "Bonjour."),
        ("point.service.service_name", long.as_str()),
        ("point.contacts", HOST),
    ];
    let refused = nadia.decides(&decision, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("« Le service : nom du service » : Ce texte est trop long"), "{}", refused.text());
    assert!(refused.says(HOST) && refused.html.contains(&long), "everything typed is given back");
    assert_eq!(refused.count("#erreurs a[href='#points']"), 1);

    let nothing = [("outcome", "changes_requested"), ("version", "1"), ("message", " "), ("point.service", " ")];
    assert!(nadia.decides(&decision, &nothing).await.says("Dites ce que vous demandez"));
    let alone = [("outcome", "changes_requested"), ("version", "1"), ("point.contacts", HOST)];
    assert_eq!(nadia.decides(&decision, &alone).await.status, StatusCode::SEE_OTHER);
    assert!(last_letter_to(&site, "camille@clamart.test").await.contains("Un point de votre demande est à revoir"));
}
