//! Whom a virus found after the fact is told to, and what they can do then.

use std::time::Duration;

use axum::http::StatusCode;
use habilitation::{ids::ApplicationId, notifications::Rendered, worker};
use tokio_util::sync::CancellationToken;

use crate::support::{
    Antibody, ClamdServer, TestSite, Visitor,
    files::{EICAR, PDF, SentFile, a_file},
    given,
};

const CAMILLE: &str = "camille@clamart.test";
const NADIA: &str = "nadia@dinum.test";

async fn scan(site: &TestSite) {
    worker::scan_files(&site.state, &CancellationToken::new()).await.unwrap();
}

/// The letters about viruses to that address.
async fn told(site: &TestSite, address: &str) -> Vec<Rendered> {
    site.letters_to(address).await.into_iter().filter(|letter| letter.subject.contains("virus")).collect()
}

/// Camille and her complete draft, with a file that holds a virus nobody has looked for yet; Nadia of the team.
async fn a_draft_with_a_virus(site: &TestSite) -> (Visitor, Visitor, ApplicationId) {
    given::a_reviewer(site, NADIA).await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(site).await;
    joins(&mut camille, id, a_file("maquette.pdf", EICAR)).await;
    let mut nadia = site.visitor();
    nadia.sign_in(NADIA).await;
    (camille, nadia, id)
}

async fn joins(camille: &mut Visitor, id: ApplicationId, file: SentFile) {
    let sent = camille.post_files(&format!("/demandes/{}/service/fichiers", id.0), &[], &[file]).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
}

async fn hands_in(site: &TestSite, id: ApplicationId) {
    given::hand_in(site, &given::a_person(site, CAMILLE).await, id).await;
}

async fn asks_for_changes(nadia: &mut Visitor) {
    let asked = [("outcome", "changes_requested"), ("version", "1"), ("message", "Précisez la durée.")];
    assert_eq!(nadia.decides("/instruction/1/decision", &asked).await.status, StatusCode::SEE_OTHER);
}

/// Sends an infected file with a message.
async fn writes(visitor: &mut Visitor, path: &str) {
    let key = visitor.get(path).await.attribute("input[name=start_key]", "value").unwrap();
    let file = [a_file("plan.pdf", EICAR).of("files")];
    let sent = visitor.post_files(path, &[("message", "Voici le plan."), ("start_key", &key)], &file).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
}

#[tokio::test]
async fn a_virus_in_what_was_handed_in_is_told_once_with_what_to_do_while_the_team_reads() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let site = TestSite::new().await.with_antivirus(&clamd.address);
    let (_, _, id) = a_draft_with_a_virus(&site).await;
    hands_in(&site, id).await;
    scan(&site).await;
    scan(&site).await;
    let letters = told(&site, CAMILLE).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].subject, "Demande D1\u{a0}: un virus a été trouvé dans un fichier, envoyez-en un autre");
    for words in ["«\u{a0}maquette.pdf\u{a0}», joint à la demande D1", "elle vous demandera de le remplacer", "un fichier sain par message"]
    {
        assert!(letters[0].text.contains(words), "{words}: {}", letters[0].text);
    }
    assert!(letters[0].link().unwrap().ends_with("/demandes/1/messages"));
    assert!(told(&site, NADIA).await.is_empty());
    site.letters().await;
}

#[tokio::test]
async fn a_virus_found_while_the_demande_is_corrected_says_to_replace_the_file_unless_that_is_done() {
    for (is_taken_away, words, place) in [
        (false, "Remplacez ensuite le fichier dans votre demande", "remplacez-le"),
        (true, "Ce fichier ne fait plus partie de votre demande", "rien à remplacer"),
    ] {
        let clamd = ClamdServer::start(Antibody::Well).await;
        let site = TestSite::new().await.with_antivirus(&clamd.address);
        let (mut camille, mut nadia, id) = a_draft_with_a_virus(&site).await;
        hands_in(&site, id).await;
        asks_for_changes(&mut nadia).await;
        if is_taken_away {
            let file = camille.get("/demandes/1/service").await.attribute(".hab-files button", "value").unwrap();
            camille.post("/demandes/1/service/fichiers", &[("retirer", &file)]).await;
        }
        scan(&site).await;
        let letters = told(&site, CAMILLE).await;
        assert_eq!(letters.len(), 1);
        assert!(letters[0].subject.ends_with(place) && letters[0].text.contains(words), "{}", letters[0].text);
        assert!(letters[0].link().unwrap().ends_with("/demandes/1"));
        site.letters().await;
    }
}

#[tokio::test]
async fn a_virus_in_a_draft_is_told_by_its_page_alone() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let site = TestSite::new().await.with_antivirus(&clamd.address);
    let (mut camille, mut nadia, id) = a_draft_with_a_virus(&site).await;
    scan(&site).await;
    assert!(camille.get("/demandes/1/service").await.says("Virus trouvé"));
    let file = camille.get("/demandes/1/service").await.attribute(".hab-files button", "value").unwrap();
    camille.post("/demandes/1/service/fichiers", &[("retirer", &file)]).await;
    hands_in(&site, id).await;
    asks_for_changes(&mut nadia).await;
    joins(&mut camille, id, a_file("correction.pdf", EICAR)).await;
    scan(&site).await;
    assert!(told(&site, CAMILLE).await.is_empty(), "neither before the deposit nor in what is being corrected");
    site.letters().await;
}

#[tokio::test]
async fn a_virus_in_a_message_is_told_to_its_author_and_to_the_applicant_and_nobody_opens_it() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let site = TestSite::new().await.with_antivirus(&clamd.address);
    given::a_reviewer(&site, NADIA).await;
    let (mut camille, _) = given::somebody_with_a_submitted_demande(&site).await;
    let mut nadia = site.visitor();
    nadia.sign_in(NADIA).await;
    let (here, there) = ("/demandes/1/messages", "/instruction/1/messages");
    writes(&mut camille, here).await;
    let page = nadia.get(there).await;
    assert!(page.says("En attente de l’antivirus"), "{}", page.text());
    let link = page.attribute(".hab-files a", "href").unwrap();
    scan(&site).await;
    let letters = told(&site, CAMILLE).await;
    assert_eq!((letters.len(), told(&site, NADIA).await.len()), (1, 0));
    assert!(letters[0].text.contains("envoyé par message à l’équipe FranceConnect"), "{}", letters[0].text);
    assert!(letters[0].text.contains("Envoyez ensuite un fichier sain par un nouveau message"));
    for (visitor, path) in [(&mut camille, here), (&mut nadia, there)] {
        let thread = visitor.get(path).await;
        assert!(thread.says("Virus trouvé") && thread.says("un fichier sain doit prendre sa place"), "{}", thread.text());
        assert_eq!(thread.count(".hab-files a"), 0, "no link to it");
        assert_eq!(visitor.get(&link.replace(there, path)).await.status, StatusCode::CONFLICT);
    }

    writes(&mut nadia, there).await;
    scan(&site).await;
    let (to_her, to_him) = (told(&site, CAMILLE).await, told(&site, NADIA).await);
    assert_eq!((to_her.len(), to_him.len()), (2, 1));
    assert!(to_her[1].subject.ends_with("ne l’ouvrez pas") && to_her[1].text.contains("que l’équipe FranceConnect vous a envoyé"));
    assert!(to_her[1].link().unwrap().ends_with(here));
    assert!(to_him[0].text.contains("envoyé par message au demandeur") && to_him[0].link().unwrap().ends_with(there), "{}", to_him[0].text);
    let facts: i64 =
        sqlx::query_scalar("select count(*) from journal where event = 'file_infected'").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(facts, 2);
    site.letters().await;
}

#[tokio::test]
async fn a_virus_found_after_the_decision_says_that_nothing_is_to_be_replaced() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let site = TestSite::new().await.with_antivirus(&clamd.address);
    let (_, mut nadia, id) = a_draft_with_a_virus(&site).await;
    hands_in(&site, id).await;
    let approved = [("outcome", "approved"), ("version", "1"), ("message", "")];
    assert_eq!(nadia.decides("/instruction/1/decision", &approved).await.status, StatusCode::SEE_OTHER);
    scan(&site).await;
    let letters = told(&site, CAMILLE).await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].text.contains("L’examen de votre demande est terminé"), "{}", letters[0].text);
    site.letters().await;
}

#[tokio::test]
async fn a_demande_handed_in_while_its_file_is_looked_at_is_told_too() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let site = TestSite::new().await.with_antivirus(&clamd.address);
    let (_, _, id) = a_draft_with_a_virus(&site).await;
    let person = given::a_person(&site, CAMILLE).await;
    let mut filing = site.state.db.begin().await.unwrap();
    given::hand_in_through(&mut filing, &site, &person, id).await.unwrap();
    let state = site.state.clone();
    let looking = tokio::spawn(async move { worker::scan_files(&state, &CancellationToken::new()).await.unwrap() });
    // Long enough to be waiting for the demande's row; were it not, the file would be a draft's for the scan.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!looking.is_finished());
    filing.commit().await.unwrap();
    assert_eq!(looking.await.unwrap(), worker::Looked::AtEverything);
    let letters = told(&site, CAMILLE).await;
    assert!(letters.len() == 1 && letters[0].text.contains("Une demande en cours d’instruction"), "{letters:?}");
    site.letters().await;
}

#[tokio::test]
async fn a_clean_file_writes_to_nobody() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let site = TestSite::new().await.with_antivirus(&clamd.address);
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    joins(&mut camille, id, a_file("maquette.pdf", PDF)).await;
    hands_in(&site, id).await;
    scan(&site).await;
    assert!(told(&site, CAMILLE).await.is_empty());
    site.letters().await;
}

#[tokio::test]
async fn a_virus_in_a_screen_of_the_journey_is_told_to_whoever_asked_to_go_to_production() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let site = TestSite::new().await.with_antivirus(&clamd.address);
    given::a_reviewer(&site, NADIA).await;
    let (mut camille, _) = given::somebody_with_a_submitted_demande(&site).await;
    let mut nadia = site.visitor();
    nadia.sign_in(NADIA).await;
    assert_eq!(nadia.decides("/instruction/1/decision", &[("outcome", "approved"), ("version", "1")]).await.status, StatusCode::SEE_OTHER);
    let asked = [
        ("url", "https://essai.clamart.fr"),
        ("contact_name", "Alex Morel"),
        ("contact_email", "alex@editeur.test"),
        ("wished_on", "2027-01-15"),
    ];
    let page = "/habilitations/1/mise-en-production";
    let screens = [a_file("bouton.pdf", EICAR).of("screens"), a_file("retour.pdf", PDF).of("screens")];
    assert_eq!(camille.post_files(page, &asked, &screens).await.status, StatusCode::SEE_OTHER);
    scan(&site).await;
    scan(&site).await;
    let letters = told(&site, CAMILLE).await;
    assert_eq!(letters.len(), 1);
    for words in ["«\u{a0}bouton.pdf\u{a0}», joint à la demande de mise en production", "une capture saine par message"] {
        assert!(letters[0].text.contains(words), "{words}: {}", letters[0].text);
    }
    assert!(told(&site, NADIA).await.is_empty());
    assert!(nadia.get(page).await.says("Virus trouvé"), "the page says it too");
    site.letters().await;
}
