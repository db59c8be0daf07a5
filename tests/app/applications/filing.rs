//! Filing: what an applicant types, what is kept, what is received.

use axum::http::StatusCode;
use habilitation::{
    applications::{self, Form, Kind, State, Step},
    ids::ApplicationId,
    journal,
};

use crate::support::{Answer, TestSite, given};

#[tokio::test]
async fn a_town_hall_files_from_its_siret_to_its_receipt() {
    let site = TestSite::new().await;
    let secretary = given::a_person(&site, "camille@clamart.test").await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;

    let choice = camille.get("/demandes/nouvelle?siret=219+200+235+00014").await;
    assert!(choice.says("COMMUNE DE CLAMART") || choice.says("Commune de Clamart"), "{}", choice.text());
    let key = choice.attribute("input[name=start_key]", "value").unwrap();
    let started = camille.post("/demandes", &[("siret", "21920023500014"), ("start_key", &key)]).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text());
    let base = started.location().trim_end_matches("/organisme").to_owned();

    for step in Form::of(Kind::Administration).steps() {
        let path = format!("{base}/{}", step.slug());
        let page = camille.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        let mut fields = given::answers(*step);
        let revision = page.attribute("input[name=revision]", "value").unwrap();
        fields.push(("revision", &revision));
        fields.push(("suite", "continuer"));
        let saved = camille.post(&path, &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{step:?}: {}", saved.text());
    }
    let summary = camille.get(&format!("{base}/recapitulatif")).await;
    assert!(summary.says("Portail familles"));
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    let deposit = format!("{base}/depot");
    let unattested = camille.post(&deposit, &[("seen", &seen)]).await;
    assert_eq!(unattested.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unattested.count("#erreurs li"), 3);
    let filed = camille.post(&deposit, &given::attested(&seen)).await;
    assert_eq!(filed.location(), format!("{base}/recepisse"));
    let receipt = camille.get(filed.location()).await;
    assert!(receipt.says("est déposée"));
    // 3 December 2026 and ten working days
    assert!(receipt.says("avant le 17 décembre 2026"), "{}", receipt.text());

    let letters = site.letters_to("camille@clamart.test").await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].text.contains("17\u{a0}décembre\u{a0}2026"), "{}", letters[0].text);
    assert_eq!(site.letters_to("nadia@dinum.test").await.len(), 1);
    assert_eq!(secretary.full_name(), "Camille Rousseau");
}

#[tokio::test]
async fn a_step_is_saved_with_its_gaps_and_its_mistakes() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/traitement", id.0);
    let saved =
        camille.post(&path, &[("recipients", ""), ("retention_months", "deux ans"), ("revision", "0"), ("suite", "enregistrer")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let page = camille.get(&path).await;
    assert_eq!(page.attribute("#retention_months", "value").as_deref(), Some("deux ans"));
    assert!(page.says("Enregistré à 10 h 00"));
    let checked = camille.get(&format!("{path}?verifier=1")).await;
    assert_eq!(checked.count("#erreurs li"), 2);
    assert!(checked.text().starts_with("Erreur : Les données personnelles"), "{}", checked.text());
}

#[tokio::test]
async fn going_on_tells_every_mistake_at_once_and_keeps_what_was_typed() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/donnees", id.0);
    let typed = [
        ("scopes", "preferred_username"),
        ("why_preferred_username", "S’adresser aux personnes."),
        ("scopes", "birthplace"),
        ("revision", "0"),
        ("suite", "continuer"),
    ];
    let page = camille.post(&path, &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.count("#erreurs li"), 2);
    assert!(page.says("Le nom d’usage ne va pas sans le nom de naissance"));
    assert!(page.says("S’adresser aux personnes."));
    // saved all the same: closing the browser now loses nothing
    let again = camille.get(&path).await;
    assert!(again.attribute("#scopes-birthplace[checked]", "id").is_some());
}

#[tokio::test]
async fn two_tabs_do_not_overwrite_one_another() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/service", id.0);
    let first = camille.post(&path, &[("service_name", "Portail A"), ("revision", "0"), ("suite", "enregistrer")]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let second = camille.post(&path, &[("service_name", "Portail B"), ("revision", "0"), ("suite", "enregistrer")]).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert_eq!(second.attribute("#service_name", "value").as_deref(), Some("Portail B"));
    assert!(second.says("Portail A"));
    let revision = second.attribute("input[name=revision]", "value").unwrap();
    let kept = camille.post(&path, &[("service_name", "Portail B"), ("revision", &revision), ("suite", "enregistrer")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    // the same text sent twice is no conflict
    let retried = camille.post(&path, &[("service_name", "Portail B"), ("revision", &revision), ("suite", "enregistrer")]).await;
    assert_eq!(retried.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_and_given_back() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/service", id.0);
    let long = "a".repeat(20_000);
    for bad in ["Portail\0familles", "Portail\u{202e}familles", &long] {
        let page = camille
            .post(&path, &[("service_name", bad), ("service_description", "gardée"), ("revision", "0"), ("suite", "enregistrer")])
            .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.says("gardée"));
    }
    let megabyte = "a".repeat(1_000_000);
    let page = camille.post(&path, &[("service_description", &megabyte), ("revision", "0")]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.says("trop long"));
}

#[tokio::test]
async fn a_session_that_ends_in_mid_step_gives_the_text_back_to_its_owner_alone() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/service", id.0);
    site.state.clock.advance(time::Duration::minutes(31));
    let late = camille.post(&path, &[("service_name", "Portail tapé à 18 h"), ("revision", "0"), ("suite", "continuer")]).await;
    assert_eq!(late.status, StatusCode::SEE_OTHER);
    assert!(late.location().starts_with("/connexion?") && late.location().contains("expiree=1"), "{}", late.location());
    assert!(camille.get(late.location()).await.says("session a expiré"));
    camille.sign_in("camille@clamart.test").await;
    let back = camille.get(&path).await;
    assert_eq!(back.attribute("#service_name", "value").as_deref(), Some("Portail tapé à 18 h"));
    assert!(back.says("voici ce que vous étiez en train de saisir"), "{}", back.text());
}

#[tokio::test]
async fn an_organisation_the_register_does_not_know_goes_on_marked() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let page = camille.get("/demandes/nouvelle?siret=73282932000074").await;
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    let siret = ("siret", "73282932000074");
    let gaps = camille.post("/demandes", &[siret, ("start_key", &key)]).await;
    assert_eq!((gaps.status, gaps.count("#erreurs li")), (StatusCode::UNPROCESSABLE_ENTITY, 2));
    let named = [siret, ("start_key", &key), ("nom_organisme", "Syndicat des eaux du Marsan"), ("commune_organisme", "Mont-de-Marsan")];
    let started = camille.post("/demandes", &named).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text());
    let id = ApplicationId::parse(started.location().split('/').nth(2).unwrap()).unwrap();
    let person = given::a_person(&site, "camille@clamart.test").await;
    given::fill(&site, &person, id).await;
    given::hand_in(&site, &person, id).await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let dossier = nadia.get(&format!("/instruction/{}", id.0)).await;
    assert!(dossier.says("Syndicat des eaux du Marsan") && dossier.says("non vérifié dans le registre Sirene"), "{}", dossier.text());
    assert!(nadia.get("/instruction?q=marsan").await.says("Syndicat des eaux du Marsan"));
    site.outbox().await;
}

#[tokio::test]
async fn a_closed_establishment_starts_nothing() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let page = camille.get("/demandes/nouvelle?siret=21920023500022").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("est fermé depuis le 20 juin 2002"), "{}", page.text());
    let forced = camille.post("/demandes", &[("siret", "21920023500022"), ("start_key", "0189f7ea-ae2c-7809-8aeb-b819cf5e9e7f")]).await;
    assert_eq!(forced.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(camille.get("/demandes").await.says("Vous n’avez pas encore de demande"));
}

#[tokio::test]
async fn somebody_elses_demande_does_not_exist() {
    let site = TestSite::new().await;
    let (_, id) = given::somebody_with_a_draft(&site).await;
    given::a_person(&site, "autre@lyon.test").await;
    let mut stranger = site.visitor();
    stranger.sign_in("autre@lyon.test").await;
    for path in ["", "/organisme", "/service", "/recapitulatif", "/recepisse", "/retrait"] {
        assert_eq!(stranger.get(&format!("/demandes/{}{path}", id.0)).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/service", "/depot", "/retrait"] {
        assert_eq!(stranger.post(&format!("/demandes/{}{path}", id.0), &[("a", "b")]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let missing = stranger.get("/demandes/999999").await;
    let theirs = stranger.get(&format!("/demandes/{}", id.0)).await;
    let words = |answer: &Answer| answer.text().split("Référence").next().unwrap().to_owned();
    assert_eq!(words(&missing), words(&theirs));
}

#[tokio::test]
async fn an_unfinished_demande_is_not_received() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let page = camille.post(&format!("/demandes/{}/depot", id.0), &given::attested("0")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.says("Il manque encore des informations"), "{}", page.text());
    let mut connection = site.state.db.acquire().await.unwrap();
    assert_eq!(applications::find(&mut connection, id).await.unwrap().state, State::Draft);
}

#[tokio::test]
async fn what_nobody_reread_is_not_received() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let summary = camille.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    let service = format!("/demandes/{}/service", id.0);
    let revision = camille.get(&service).await.attribute("input[name=revision]", "value").unwrap();
    let mut changed = given::answers(Step::Service);
    changed.retain(|(name, _)| *name != "service_name");
    changed.extend([("service_name", "Autre nom"), ("revision", &revision), ("suite", "enregistrer")]);
    assert_eq!(camille.post(&service, &changed).await.status, StatusCode::SEE_OTHER);
    let page = camille.post(&format!("/demandes/{}/depot", id.0), &given::attested(&seen)).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.says("a été modifiée depuis que vous l’avez relue"));
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_identical_submissions_file_once() {
    let site = TestSite::new().await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let summary = camille.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    let path = format!("/demandes/{}/depot", id.0);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (mut tab, path, seen) = (camille.another_tab(), path.clone(), seen.clone());
        tasks.spawn(async move { tab.post(&path, &given::attested(&seen)).await });
    }
    while let Some(answer) = tasks.join_next().await {
        let answer = answer.unwrap();
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, format!("/demandes/{}/recepisse", id.0).as_str()),
            "{}",
            answer.text()
        );
    }
    let mut connection = site.state.db.acquire().await.unwrap();
    assert_eq!(applications::find_versions(&mut connection, id).await.unwrap().len(), 1);
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 1);
    assert_eq!(site.letters_to("nadia@dinum.test").await.len(), 1);
    let submissions = journal::find_of_application(&mut connection, id).await.unwrap();
    assert_eq!(submissions.iter().filter(|entry| matches!(entry.event, journal::Event::ApplicationSubmitted { .. })).count(), 1);
}

#[tokio::test]
async fn pressing_start_twice_starts_one_demande() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let page = camille.get("/demandes/nouvelle?siret=21920023500014").await;
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    let one = camille.post("/demandes", &[("siret", "21920023500014"), ("start_key", &key)]).await;
    let two = camille.post("/demandes", &[("siret", "21920023500014"), ("start_key", &key)]).await;
    assert_eq!(one.location(), two.location());
}

#[tokio::test]
async fn a_withdrawn_demande_is_no_longer_instructed() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    let page = camille.get(&format!("/demandes/{}/retrait", id.0)).await;
    assert_eq!(page.status, StatusCode::OK);
    let done = camille.post(&format!("/demandes/{}/retrait", id.0), &[]).await;
    assert_eq!(done.location(), "/demandes");
    let list = camille.get("/demandes").await;
    assert!(list.says("Retirée") && list.says("est retirée"));
    let again = camille.post(&format!("/demandes/{}/retrait", id.0), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(site.letters().await, ["application_received to camille@clamart.test"], "taking back needs no letter");
}
