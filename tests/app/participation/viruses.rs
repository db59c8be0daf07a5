//! Whom a virus in a file of a report or of a certificate is told to, and what they can do then.

use axum::http::StatusCode;
use habilitation::{notifications::Rendered, worker};
use jiff::civil::date;
use tokio_util::sync::CancellationToken;

use super::{
    Scene, but,
    reports::verified,
    the_end::{certifying, over},
    typed,
};
use crate::support::{
    Antibody, ClamdServer, Visitor,
    files::{EICAR, PDF, a_file},
    given,
};

impl Scene {
    /// The same, with an antivirus that listens there.
    fn with_antivirus(mut self, clamd: &ClamdServer) -> Self {
        self.site = self.site.with_antivirus(&clamd.address);
        self
    }

    async fn scans(&self) {
        worker::scan_files(&self.site.state, &CancellationToken::new()).await.unwrap();
    }

    /// Hélène sends a virus with what she types of December.
    async fn helene_acts(&self, act: &'static str) -> Visitor {
        let mut helene = self.visitor("helene@asso.test").await;
        let file = [a_file("enquete.pdf", EICAR).of("pieces")];
        assert_eq!(helene.post_files(&self.page("/2026-12"), &typed(act), &file).await.status, StatusCode::SEE_OTHER);
        helene
    }

    /// The letters about viruses to that address.
    async fn told(&self, address: &str) -> Vec<Rendered> {
        self.site.letters_to(address).await.into_iter().filter(|letter| letter.subject.contains("virus")).collect()
    }
}

#[tokio::test]
async fn a_virus_in_a_report_is_told_once_to_whoever_sent_it_and_to_the_applicant() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let scene = Scene::new().await.with_antivirus(&clamd);
    scene.on(date(2027, 1, 4));
    given::a_person(&scene.site, "karim@asso.test").await;
    verified(&scene, "karim@asso.test").await;
    let mut karim = scene.visitor("karim@asso.test").await;
    let december = scene.page("/2026-12");
    let files = [a_file("enquete.pdf", EICAR).of("pieces"), a_file("courbe.pdf", PDF).of("pieces")];
    assert_eq!(karim.post_files(&december, &typed("envoyer"), &files).await.status, StatusCode::SEE_OTHER);
    scene.scans().await;
    scene.scans().await;
    for address in ["karim@asso.test", "helene@asso.test"] {
        let letters = scene.told(address).await;
        assert_eq!(letters.len(), 1, "{address}");
        assert!(letters[0].subject.ends_with("corrigez le rapport"), "{}", letters[0].subject);
        for words in ["«\u{a0}enquete.pdf\u{a0}», joint au rapport mensuel de décembre\u{a0}2026", "Le rapport reste reçu"] {
            assert!(letters[0].text.contains(words), "{words}: {}", letters[0].text);
        }
        assert!(letters[0].link().unwrap().ends_with(&format!("{december}/correction")), "{}", letters[0].text);
    }
    assert!(scene.told("nadia@dinum.test").await.is_empty());
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    let read = nadia.get(&december).await;
    assert!(read.says("Virus trouvé") && read.says("un fichier sain doit prendre sa place"), "{}", read.text());
    assert_eq!(read.count(".hab-files a"), 1, "the other file is read, not this one");
    assert_eq!(karim.get(&format!("{december}/correction")).await.status, StatusCode::OK, "where the letter leads");
    scene.site.letters().await;
}

#[tokio::test]
async fn a_virus_in_what_a_correction_replaced_asks_for_nothing() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let scene = Scene::new().await.with_antivirus(&clamd);
    scene.on(date(2027, 1, 4));
    let december = scene.page("/2026-12");
    let mut helene = scene.helene_acts("envoyer").await;
    let corrected = but("envoyer", &[("numero", "2"), ("motif", "Un jour manquait.")]);
    assert_eq!(helene.post(&format!("{december}/correction"), &corrected).await.status, StatusCode::SEE_OTHER);
    scene.scans().await;
    let letters = scene.told("helene@asso.test").await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].text.contains("Ce rapport a été corrigé depuis, sans ce fichier"), "{}", letters[0].text);
    assert!(letters[0].link().unwrap().ends_with(&december), "{}", letters[0].text);
    scene.site.letters().await;
}

#[tokio::test]
async fn a_virus_in_a_report_that_was_not_sent_is_told_by_its_page_and_keeps_it_from_leaving() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let scene = Scene::new().await.with_antivirus(&clamd);
    scene.on(date(2027, 1, 4));
    let december = scene.page("/2026-12");
    let mut helene = scene.helene_acts("enregistrer").await;
    scene.scans().await;
    let page = helene.get(&december).await;
    assert!(page.says("Virus trouvé Personne ne peut ouvrir ce fichier"), "{}", page.text());
    assert!(scene.told("helene@asso.test").await.is_empty());

    let refused = helene.post(&december, &but("envoyer", &[("vu", "1")])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("un virus dans « enquete.pdf » : retirez ce fichier") && refused.count("#erreurs li") == 1, "{}", refused.text());
    scene.scans().await;
    let infected = refused.attribute(".hab-files button", "value").unwrap();
    let without = but("enregistrer", &[("vu", "2"), ("retirer", &*infected.leak())]);
    assert_eq!(helene.post(&december, &without).await.status, StatusCode::SEE_OTHER);
    assert_eq!(helene.post(&december, &but("envoyer", &[("vu", "3")])).await.status, StatusCode::SEE_OTHER);
    assert!(scene.told("helene@asso.test").await.is_empty());
    scene.site.letters().await;
}

#[tokio::test]
async fn a_virus_in_a_certificate_is_told_to_whoever_signed_it() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let scene = over(date(2027, 2, 20)).await.with_antivirus(&clamd);
    let mut helene = scene.visitor("helene@asso.test").await;
    let file = [a_file("proces-verbal.pdf", EICAR).of("pieces")];
    assert_eq!(helene.post_files(&scene.end(""), &certifying(&[]), &file).await.status, StatusCode::SEE_OTHER);
    scene.scans().await;
    scene.scans().await;
    let letters = scene.told("helene@asso.test").await;
    assert_eq!(letters.len(), 1);
    for words in ["«\u{a0}proces-verbal.pdf\u{a0}», joint à l’attestation de fin de participation", "L’attestation reste reçue"] {
        assert!(letters[0].text.contains(words), "{words}: {}", letters[0].text);
    }
    let correction = letters[0].link().unwrap();
    assert!(correction.ends_with(&scene.end("/correction")), "{}", letters[0].text);
    assert_eq!(helene.get(&scene.end("/correction")).await.status, StatusCode::OK);
    assert!(helene.get(&scene.end("")).await.says("Virus trouvé"), "the page says it too");
    scene.site.letters().await;
}
