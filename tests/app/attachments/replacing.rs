//! Replacing a file: one act, and the reviewer is told by what it holds.

use axum::http::StatusCode;

use crate::support::{
    TestSite,
    files::{a_file, a_pdf},
    given,
};

#[tokio::test]
async fn a_file_takes_the_place_of_another_even_when_the_six_are_taken() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let here = format!("/demandes/{}/service", id.0);
    let files: Vec<_> = (1..=6).map(|number| a_pdf(&format!("ecran-{number}.pdf"))).collect();
    camille.post_files(&here, &[("revision", "0")], &files).await;
    let second = camille.get(&here).await.attribute(".hab-files li:nth-child(2) button", "value").unwrap();
    let place = format!("remplacer-{second}");
    // With the form, as without scripts.
    let typed = [("revision", "1"), ("service_name", "Portail familles")];
    let saved = camille.post_files(&here, &typed, &[a_pdf("nouveau.pdf").of(&*place)]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let step = camille.get(&here).await;
    assert_eq!(step.count(".hab-files li"), 6);
    assert!(step.says("nouveau.pdf") && !step.says("ecran-2.pdf"), "{}", step.text());
    let held = step.attribute(".hab-files li:nth-child(2) a", "href").unwrap();
    assert_eq!(camille.get(&held).await.html.as_bytes(), a_pdf("nouveau.pdf").bytes, "in its place, not at the end");
    // A second try finds nothing to replace, and no place either.
    let again = camille.post_files(&format!("{here}/fichiers"), &[], &[a_pdf("tard.pdf").of(&*place)]).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST, "{}", again.text());
}

#[tokio::test]
async fn what_replaces_must_be_as_good_as_what_it_replaces() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let there = format!("/demandes/{}/service/fichiers", id.0);
    let part = camille.post_files(&there, &[], &[a_pdf("ecran.pdf")]).await;
    let file = part.attribute(".hab-files button", "value").unwrap();
    let refused = camille.post_files(&there, &[], &[a_file("ecran.pdf", b"MZ").of(format!("remplacer-{file}"))]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.attribute(".hab-files button", "value"), Some(file), "the old one stays");
}

#[tokio::test]
async fn the_reviewer_is_told_by_what_files_hold_and_not_by_their_names() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let there = format!("/demandes/{}/service/fichiers", id.0);
    for name in ["meme-nom.pdf", "renomme.pdf", "retire.pdf", "inchange.pdf"] {
        camille.post_files(&there, &[], &[a_pdf(name)]).await;
    }
    let person = given::a_person(&site, "camille@clamart.test").await;
    given::hand_in(&site, &person, id).await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let dossier = format!("/instruction/{}", id.0);
    assert!(!nadia.get(&dossier).await.says("depuis la version"));
    let asked = [("outcome", "changes_requested"), ("version", "1"), ("message", "Complétez les maquettes.")];
    assert_eq!(nadia.decides(&format!("{dossier}/decision"), &asked).await.status, StatusCode::SEE_OTHER);

    let part = camille.get(&format!("/demandes/{}/service", id.0)).await;
    let numbered = |place: usize| part.attribute(&format!(".hab-files li:nth-child({place}) button"), "value").unwrap();
    let (first, second, third) = (numbered(1), numbered(2), numbered(3));
    camille.post_files(&there, &[], &[a_file("meme-nom.pdf", &a_pdf("autre contenu").bytes).of(format!("remplacer-{first}"))]).await;
    camille.post(&there, &[("retirer", &second)]).await;
    camille.post_files(&there, &[], &[a_file("autre-nom.pdf", &a_pdf("renomme.pdf").bytes)]).await;
    camille.post(&there, &[("retirer", &third)]).await;
    camille.post_files(&there, &[], &[a_pdf("ajoute.pdf")]).await;
    let unread = nadia.get(&dossier).await;
    assert!(!unread.says("ajoute.pdf"), "what is not handed in is the applicant's alone");
    given::hand_in(&site, &person, id).await;

    let read = nadia.get(&dossier).await;
    for words in [
        "meme-nom.pdf remplacé depuis la version 1 (empreinte précédente : ",
        "autre-nom.pdf renommé depuis la version 1, contenu identique",
        "ajoute.pdf ajouté depuis la version 1",
        "Retiré depuis la version 1 : retire.pdf",
    ] {
        assert!(read.says(words), "{words}: {}", read.text());
    }
    assert!(!read.says("inchange.pdf renommé") && read.says("inchange.pdf PDF"), "{}", read.text());
    let old = nadia.get(&format!("{dossier}?version=1")).await;
    assert!(old.says("renomme.pdf") && !old.says("ajoute.pdf"), "{}", old.text());
    let replaced = nadia.get(&format!("{dossier}/fichiers/{first}")).await;
    assert_eq!(replaced.html.as_bytes(), a_pdf("meme-nom.pdf").bytes, "what version 1 was handed in with is still read");
    assert!(!site.letters().await.is_empty());
}
