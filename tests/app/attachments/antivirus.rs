//! What the antivirus says, and what is said while it says nothing.

use axum::http::StatusCode;
use habilitation::{
    ids::ApplicationId,
    worker::{self, Looked},
};
use tokio_util::sync::CancellationToken;

use crate::support::{
    Antibody, ClamdServer, TestSite, Visitor,
    files::{EICAR, PDF, a_file, a_pdf},
    given,
};

async fn scan(site: &TestSite) -> Looked {
    worker::scan_files(&site.state, &CancellationToken::new()).await.unwrap()
}

#[tokio::test]
async fn a_file_waits_for_the_antivirus_and_the_demande_does_not() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let site = TestSite::new().await.with_antivirus(&clamd.address);
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let here = format!("/demandes/{}/service", id.0);
    let part = camille.post_files(&format!("{here}/fichiers"), &[], &[a_file("ecran.pdf", PDF)]).await;
    assert!(part.says("En attente de l’antivirus : vous pouvez continuer."), "{}", part.text());
    assert_eq!(camille.get(&part.attribute(".hab-files a", "href").unwrap()).await.status, StatusCode::OK);
    let person = given::a_person(&site, "camille@clamart.test").await;
    given::hand_in(&site, &person, id).await;

    assert_eq!(scan(&site).await, Looked::AtEverything);
    let follow = camille.get(&format!("/demandes/{}", id.0)).await;
    assert!(follow.says("L’antivirus n’a rien trouvé."), "{}", follow.text());
    assert_eq!(scan(&site).await, Looked::AtEverything);
    assert_eq!(clamd.seen(), 1, "looked at once");
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 1);
}

#[tokio::test]
async fn while_it_is_away_files_wait_and_are_looked_at_when_it_is_back() {
    let nobody = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().to_string()
    };
    let site = TestSite::new().await.with_antivirus(&nobody);
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let here = format!("/demandes/{}/service", id.0);
    for name in ["un.pdf", "deux.pdf"] {
        camille.post_files(&format!("{here}/fichiers"), &[], &[a_pdf(name)]).await;
    }
    let waits = "En attente de l’antivirus : vous pouvez continuer.";
    assert_eq!(scan(&site).await, Looked::Away);
    assert!(camille.get(&here).await.says(waits));
    let rude = ClamdServer::start(Antibody::HangsUp).await;
    let site = site.with_antivirus(&rude.address);
    assert_eq!(scan(&site).await, Looked::Away);
    assert_eq!(rude.seen(), 1, "the others are not tried in vain");
    let narrow = ClamdServer::start(Antibody::TooLong).await;
    let site = site.with_antivirus(&narrow.address);
    assert_eq!(scan(&site).await, Looked::NotAtSome);
    assert_eq!(narrow.seen(), 2, "a file it refuses holds no other back");
    let clamd = ClamdServer::start(Antibody::Well).await;
    let site = site.with_antivirus(&clamd.address);
    assert_eq!(scan(&site).await, Looked::AtEverything);
    let step = camille.get(&here).await;
    assert!(!step.says(waits) && step.says("L’antivirus n’a rien trouvé."), "{}", step.text());
}

#[tokio::test]
async fn without_an_antivirus_nothing_is_scanned_and_nothing_is_claimed() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let part = camille.post_files(&format!("/demandes/{}/service/fichiers", id.0), &[], &[a_file("ecran.pdf", EICAR)]).await;
    assert!(part.says("Non analysé par un antivirus."), "{}", part.text());
    assert_eq!(scan(&site).await, Looked::AtEverything);
}

async fn decide(nadia: &mut Visitor, id: ApplicationId, outcome: &str, version: &str) -> crate::support::Answer {
    let form = [
        ("outcome", outcome),
        ("version", version),
        ("ground", "data_not_proportionate"),
        ("message", "Le fichier joint contient un virus : remplacez-le."),
    ];
    nadia.decides(&format!("/instruction/{}/decision", id.0), &form).await
}

#[tokio::test]
async fn an_infected_file_is_opened_by_nobody_and_no_decision_rests_on_it() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let site = TestSite::new().await.with_antivirus(&clamd.address);
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let here = format!("/demandes/{}/service", id.0);
    let part = camille.post_files(&format!("{here}/fichiers"), &[], &[a_file("maquette.pdf", EICAR)]).await;
    let link = part.attribute(".hab-files a", "href").unwrap();
    let person = given::a_person(&site, "camille@clamart.test").await;
    given::hand_in(&site, &person, id).await;
    scan(&site).await;

    let closed = camille.get(&link).await;
    assert_eq!(closed.status, StatusCode::CONFLICT);
    assert!(closed.says("L’antivirus a trouvé un virus dans « maquette.pdf » : personne ne peut l’ouvrir."), "{}", closed.text());
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let dossier = nadia.get(&format!("/instruction/{}", id.0)).await;
    assert!(dossier.says("Virus trouvé dans « maquette.pdf »."), "{}", dossier.text());
    assert_eq!(dossier.count(".hab-files a"), 0, "no link to it");
    for outcome in ["approved", "refused"] {
        let refused = decide(&mut nadia, id, outcome, "1").await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{outcome}");
        assert!(refused.says("aucune décision ne peut s’appuyer sur lui. Demandez au demandeur de le remplacer"), "{}", refused.text());
    }
    assert_eq!(decide(&mut nadia, id, "changes_requested", "1").await.status, StatusCode::SEE_OTHER);

    let step = camille.get(&here).await;
    assert!(step.says("Virus trouvé Personne ne peut ouvrir ce fichier : il doit être remplacé ou retiré."), "{}", step.text());
    let file = step.attribute(".hab-files button", "value").unwrap();
    camille.post_files(&format!("{here}/fichiers"), &[], &[a_file("maquette.pdf", PDF).of(format!("remplacer-{file}"))]).await;
    given::hand_in(&site, &person, id).await;
    scan(&site).await;
    let decided = decide(&mut nadia, id, "approved", "2").await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.text());
    let infected: i64 =
        sqlx::query_scalar("select count(*) from journal where event = 'file_infected'").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(infected, 1);
    assert!(!site.letters().await.is_empty());
}
