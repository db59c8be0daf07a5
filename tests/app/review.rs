//! Deciding: the queue, the dossier, one decision whoever is faster, and what each person is told.

mod aftermath;
mod asked;
mod beside;
mod candidatures;
mod clock;
mod clock_of_changes;
mod closing_of_changes;
mod delay;
mod export;
mod finding;
mod grid;
mod notes;
mod one_decision;
mod opinions;
mod queue;
mod races;
mod reminding;
mod signing;
mod team;
mod templates;
mod transitions;
mod undoing;

use axum::http::StatusCode;
use habilitation::{
    applications::{self, State},
    ids::ApplicationId,
    problem::Problem,
    review::approve,
};

use crate::support::{TestSite, Visitor, given};

const SERVICE: &str = "DINUM, équipe FranceConnect";

/// The letters a deposit writes.
const FILED: [&str; 2] = ["application_arrived to nadia@dinum.test", "application_received to camille@clamart.test"];

async fn a_site_with_a_dossier() -> (TestSite, Visitor, ApplicationId) {
    let site = TestSite::new().await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let id = given::a_submitted_application(&site, &camille).await;
    assert_eq!(site.letters().await, FILED);
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    (site, nadia, id)
}

/// The words of the last letter to an address, spaces folded.
async fn last_letter_to(site: &TestSite, address: &str) -> String {
    let letters = site.letters_to(address).await;
    letters.last().unwrap().text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_reviewer_approves_and_everybody_named_is_told() {
    let (site, mut nadia, id) = a_site_with_a_dossier().await;
    let queue = nadia.get("/instruction").await;
    assert!(queue.says("Commune de Clamart") || queue.says("COMMUNE DE CLAMART"), "{}", queue.text());
    let dossier = nadia.get(&format!("/instruction/{}", id.0)).await;
    for words in ["Portail familles", "Distinguer deux parents", "Jeanne Moreau", "Non vérifiée", "a déposé la demande"] {
        assert!(dossier.says(words), "{words}: {}", dossier.text());
    }
    let form = nadia.get(&format!("/instruction/{}/validation", id.0)).await;
    assert_eq!(form.status, StatusCode::OK);
    let decided = nadia
        .decides(&format!("/instruction/{}/decision", id.0), &[("outcome", "approved"), ("version", "1"), ("message", "Bravo.")])
        .await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.text());
    let after = nadia.get(decided.location()).await;
    assert!(after.says("H1") && after.says("Validée"));

    for (address, words, letters) in
        [("camille@clamart.test", "Bravo.", 2), ("maire@clamart.test", "Camille", 1), ("dpo@interco.test", "Camille", 1)]
    {
        assert_eq!(site.letters_to(address).await.len(), letters, "{address}");
        assert!(last_letter_to(&site, address).await.contains(words), "{address}");
    }
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let follow = camille.get(&format!("/demandes/{}", id.0)).await;
    assert!(follow.says("Votre demande est validée") && follow.says("Bravo."), "{}", follow.text());
    let right = camille.get("/habilitations/1").await;
    assert!(right.says("Portail familles") && right.says("Lucie Fontaine"));
    assert!(camille.get("/habilitations").await.says("Portail familles"));
}

#[tokio::test]
async fn a_refusal_says_the_law_the_facts_the_author_and_the_appeals() {
    let (site, mut nadia, id) = a_site_with_a_dossier().await;
    let path = format!("/instruction/{}/decision", id.0);
    let empty = nadia.decides(&path, &[("outcome", "refused"), ("version", "1")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(empty.count("#erreurs li"), 2);
    let facts = "la date de naissance n’est pas utile au paiement de la cantine.";
    let done =
        nadia.decides(&path, &[("outcome", "refused"), ("version", "1"), ("ground", "data_not_proportionate"), ("message", facts)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let letter = &last_letter_to(&site, "camille@clamart.test").await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let page = camille.get(&format!("/demandes/{}", id.0)).await;
    for words in [
        "article 5, paragraphe 1, point c)",
        facts,
        "Nadia Rousseau",
        "Chargée de mission",
        "deux mois",
        "tribunal administratif de Paris",
        "recours gracieux",
    ] {
        assert!(page.says(words), "page: {words}: {}", page.text());
        assert!(letter.contains(words), "letter: {words}: {letter}");
    }
}

#[tokio::test]
async fn changes_are_asked_answered_and_decided() {
    let (site, mut nadia, id) = a_site_with_a_dossier().await;
    let path = format!("/instruction/{}/decision", id.0);
    assert_eq!(
        nadia.decides(&path, &[("outcome", "changes_requested"), ("version", "1"), ("message", " ")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let asked = "Retirez la date de naissance.";
    assert_eq!(
        nadia.decides(&path, &[("outcome", "changes_requested"), ("version", "1"), ("message", asked)]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(last_letter_to(&site, "camille@clamart.test").await.contains(asked));

    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let follow = camille.get(&format!("/demandes/{}", id.0)).await;
    assert!(follow.says("C’est à vous de répondre") && follow.says(asked));
    let scopes = format!("/demandes/{}/donnees", id.0);
    let page = camille.get(&scopes).await;
    assert!(page.says(asked));
    let revision = page.attribute("input[name=revision]", "value").unwrap();
    let kept = [("scopes", "family_name"), ("scopes", "given_name"), ("revision", revision.as_str()), ("suite", "continuer")];
    assert_eq!(camille.post(&scopes, &kept).await.status, StatusCode::SEE_OTHER);
    let summary = camille.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    assert_eq!(camille.post(&format!("/demandes/{}/depot", id.0), &given::attested(&seen)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.letters_to("nadia@dinum.test").await.len(), 2, "each version is announced");

    // the version read before the answer cannot be decided any more
    let stale = nadia.decides(&path, &[("outcome", "approved"), ("version", "1")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.says("version 2"));
    let dossier = nadia.get(&format!("/instruction/{}", id.0)).await;
    assert!(dossier.says("version 2"));
    assert!(dossier.count("#donnees tbody tr") == 3 && dossier.count("#changements del") == 1, "{}", dossier.text());
    assert!(nadia.get(&format!("/instruction/{}?version=1", id.0)).await.says("Distinguer deux parents"));
    assert_eq!(nadia.decides(&path, &[("outcome", "approved"), ("version", "2")]).await.status, StatusCode::SEE_OTHER);
    // two receipts, one request, one approval
    for (address, letters) in [("camille@clamart.test", 4), ("maire@clamart.test", 1), ("dpo@interco.test", 1)] {
        assert_eq!(site.letters_to(address).await.len(), letters, "{address}");
    }
}

#[tokio::test]
async fn the_second_reviewer_is_told_who_decided_what_and_keeps_their_text() {
    let (site, mut nadia, id) = a_site_with_a_dossier().await;
    given::a_reviewer(&site, "samir@dinum.test").await;
    let mut samir = site.visitor();
    samir.sign_in("samir@dinum.test").await;
    let path = format!("/instruction/{}/decision", id.0);
    assert_eq!(nadia.decides(&path, &[("outcome", "approved"), ("version", "1")]).await.status, StatusCode::SEE_OTHER);
    let late = samir.decides(&path, &[("outcome", "changes_requested"), ("version", "1"), ("message", "Mon texte à moi.")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says("Nadia Rousseau a validé cette demande le 3 décembre 2026 à 10 h 00."), "{}", late.text());
    assert!(late.says("Mon texte à moi."));
    let named = ["named_as_controller to maire@clamart.test", "named_as_dpo to dpo@interco.test"];
    let told = [&["application_approved to camille@clamart.test"], &FILED[..], &named[..]].concat();
    assert_eq!(site.letters().await, told, "one decision, one set of letters");
}

#[tokio::test]
async fn incomplete_is_no_ground_before_the_items_were_asked_for() {
    let (site, mut nadia, id) = a_site_with_a_dossier().await;
    let path = format!("/instruction/{}/decision", id.0);
    let page =
        nadia.decides(&path, &[("outcome", "refused"), ("version", "1"), ("ground", "incomplete"), ("message", "Il manque tout.")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.says("L. 114-5") && page.says("Il manque tout."));
    let mut connection = site.state.db.acquire().await.unwrap();
    assert_eq!(applications::find(&mut connection, id).await.unwrap().state, State::Submitted);
}

#[tokio::test]
async fn nobody_decides_their_own_demande_or_their_organisations() {
    let site = TestSite::new().await;
    let both = given::a_reviewer(&site, "nadia@dinum.test").await;
    let id = given::a_submitted_application(&site, both.person()).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let refused = approve(&mut transaction, &both, id, 1, String::new(), SERVICE, site.state.clock.now()).await;
    assert!(matches!(refused, Err(Problem::Forbidden(_))), "{refused:?}");
    drop(transaction);
    assert_eq!(site.letters().await, ["application_arrived to nadia@dinum.test", "application_received to nadia@dinum.test"]);
}

#[tokio::test]
async fn applicants_and_strangers_do_not_instruct() {
    let (site, _, id) = a_site_with_a_dossier().await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let mut stranger = site.visitor();
    for path in ["/instruction".to_owned(), format!("/instruction/{}", id.0), format!("/instruction/{}/refus", id.0)] {
        assert_eq!(camille.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        let answer = stranger.get(&path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.location().starts_with("/connexion?suite="));
    }
    let decided = camille.decides(&format!("/instruction/{}/decision", id.0), &[("outcome", "approved"), ("version", "1")]).await;
    assert_eq!(decided.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn drafts_are_not_shown_to_the_team() {
    let site = TestSite::new().await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let id = given::a_draft(&site, &camille).await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    assert_eq!(nadia.get(&format!("/instruction/{}", id.0)).await.status, StatusCode::NOT_FOUND);
    assert!(nadia.get("/instruction?etat=toutes").await.says("Aucun dossier ici"));
}

#[tokio::test]
async fn the_queue_is_searched_by_number_siret_organisation_and_service() {
    let (_site, mut nadia, id) = a_site_with_a_dossier().await;
    assert_eq!(nadia.get(&format!("/instruction?q=D{}", id.0)).await.location(), format!("/instruction/{}", id.0), "a number names one");
    for search in ["21920023500014", "219200235", "clamart", "PORTAIL FAM", "pörtâil"] {
        let found =
            nadia.get(&format!("/instruction?q={}", url::form_urlencoded::byte_serialize(search.as_bytes()).collect::<String>())).await;
        assert_eq!(found.count("table tbody tr"), 1, "{search}: {}", found.text());
    }
    for nothing in ["D999", "13002526500013", "%", "_____________________________", "lyon"] {
        let found =
            nadia.get(&format!("/instruction?q={}", url::form_urlencoded::byte_serialize(nothing.as_bytes()).collect::<String>())).await;
        assert_eq!(found.count("table tbody tr"), 0, "{nothing}");
    }
}

#[tokio::test]
async fn a_reviewer_confirms_that_the_applicant_belongs_to_the_organisation() {
    let (site, mut nadia, id) = a_site_with_a_dossier().await;
    let path = format!("/instruction/{}/appartenance", id.0);
    assert_eq!(nadia.post(&path, &[("because", "")]).await.status, StatusCode::CONFLICT);
    assert_eq!(nadia.post(&path, &[("because", "Appel au standard de la mairie.")]).await.status, StatusCode::SEE_OTHER);
    let dossier = nadia.get(&format!("/instruction/{}", id.0)).await;
    assert!(dossier.says("Vérifiée") && dossier.says("Appel au standard"), "{}", dossier.text());
    assert_eq!(site.letters().await.iter().filter(|letter| letter.starts_with("membership_confirmed")).count(), 1);
}
