//! The certificate, and the page it is taken from.

use axum::http::header;
use habilitation::ids::AuthorizationId;

use super::{a_site_with_a_right, find};
use crate::support::{
    files::{PDF, a_file, words},
    given,
};

#[tokio::test]
async fn a_certificate_says_what_was_granted_to_whom_by_whom_and_how_to_check_it() {
    let (site, right, mut camille) = a_site_with_a_right().await;
    let answer = camille.get(&format!("/habilitations/{}/attestation.pdf", right.0)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"attestation-habilitation-H1.pdf\"");
    let said = words(&answer.bytes);
    let code = find(&site, right).await.code;
    for expected in [
        "Attestation de l’habilitation H1",
        "Le 3 décembre 2026",
        "est habilité à utiliser le bouton FranceConnect",
        "Portail familles",
        "219 200 235 00014",
        "Jeanne Moreau, Maire",
        "Niveau de garantie",
        "Nom de naissance",
        "Nadia Rousseau, Chargée de mission",
        "DINUM, équipe FranceConnect",
        "http://localhost:3000/verification",
        &code.to_string(),
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert_eq!(said.matches('@').count(), 1, "no address but the desk's: {said}");
    let at = |words: &str| said.find(words).unwrap();
    assert!(at("Commune de Clamart") < at("Attestation de l’habilitation"), "a letter names whom it is for first: {said}");
}

#[tokio::test]
async fn a_certificate_is_tagged_and_its_code_is_described() {
    let (_site, right, mut camille) = a_site_with_a_right().await;
    let pdf = camille.get(&format!("/habilitations/{}/attestation.pdf", right.0)).await.bytes;
    let read = lopdf::Document::load_mem(&pdf).unwrap();
    assert!(read.catalog().unwrap().has(b"StructTreeRoot"));
    assert!(String::from_utf8_lossy(&pdf).contains("pdfuaid:part"), "PDF/UA is declared");
    let dictionaries: Vec<_> = read.objects.values().filter_map(|object| object.as_dict().ok()).collect();
    let of = |kind: &[u8]| {
        dictionaries
            .iter()
            .filter(|dictionary| dictionary.get(b"S").and_then(lopdf::Object::as_name).is_ok_and(|s| s == kind))
            .collect::<Vec<_>>()
    };
    assert_eq!((of(b"H1").len(), of(b"H2").len(), of(b"Figure").len()), (1, 4, 1));
    let alternative = of(b"Figure")[0].get(b"Alt").and_then(lopdf::decode_text_string).unwrap();
    assert!(alternative.starts_with("Code QR qui mène à la page de vérification de l’habilitation H1"), "{alternative}");
}

#[tokio::test]
async fn the_files_of_what_was_granted_are_read_through_the_right() {
    let site = crate::support::TestSite::new().await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let sent = camille.post_files(&format!("/demandes/{}/service/fichiers", id.0), &[], &[a_file("maquette.pdf", PDF)]).await;
    let file = sent.attribute(".hab-files a", "href").unwrap().rsplit_once('/').unwrap().1.to_owned();
    let person = given::a_person(&site, "camille@clamart.test").await;
    given::hand_in(&site, &person, id).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let service = "DINUM, équipe FranceConnect";
    habilitation::review::approve(&mut transaction, &nadia, id, 1, String::new(), service, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    site.letters().await;
    let other = super::a_right(&site, &nadia).await;
    assert_eq!(other, AuthorizationId(2));

    let page = camille.get("/habilitations/1").await;
    let address = format!("/habilitations/1/fichiers/{file}");
    assert_eq!(page.attribute(".hab-files a", "href").unwrap(), address);
    assert_eq!(camille.get(&address).await.bytes, PDF);
    assert_eq!(camille.get(&format!("/habilitations/2/fichiers/{file}")).await.status, 404, "it is no file of that right");
    let mut stranger = site.visitor();
    assert_eq!(stranger.get(&address).await.status, 303);
    given::a_person(&site, "malo@rhone.test").await;
    stranger.sign_in("malo@rhone.test").await;
    assert_eq!(stranger.get(&address).await.status, 404);
}
