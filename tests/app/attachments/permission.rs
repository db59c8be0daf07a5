//! Who reads which file: asked at each access, whatever address somebody kept.

use axum::http::StatusCode;

use crate::support::{TestSite, files::a_pdf, given};

#[tokio::test]
async fn a_draft_s_files_are_its_applicant_s_alone_even_once_something_was_handed_in() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let there = format!("/demandes/{}/service/fichiers", id.0);
    let trial = camille.post_files(&there, &[], &[a_pdf("essai.pdf")]).await.attribute(".hab-files button", "value").unwrap();
    camille.post(&there, &[("retirer", &trial)]).await;
    let given_in = camille.post_files(&there, &[], &[a_pdf("depose.pdf")]).await.attribute(".hab-files button", "value").unwrap();
    let person = given::a_person(&site, "camille@clamart.test").await;
    given::hand_in(&site, &person, id).await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let mut malo = site.visitor();
    given::a_person(&site, "malo@rhone.test").await;
    malo.sign_in("malo@rhone.test").await;
    for (file, (hers, team_s)) in [(&trial, (StatusCode::OK, StatusCode::NOT_FOUND)), (&given_in, (StatusCode::OK, StatusCode::OK))] {
        assert_eq!(camille.get(&format!("/demandes/{}/fichiers/{file}", id.0)).await.status, hers);
        assert_eq!(nadia.get(&format!("/instruction/{}/fichiers/{file}", id.0)).await.status, team_s);
        assert_eq!(malo.get(&format!("/demandes/{}/fichiers/{file}", id.0)).await.status, StatusCode::NOT_FOUND);
    }
    let stranger = site.visitor().get(&format!("/demandes/{}/fichiers/{given_in}", id.0)).await;
    assert!(stranger.location().starts_with("/connexion?suite="));
    // The number of another demande does not open it.
    let other = given::a_draft(&site, &person).await;
    assert_eq!(camille.get(&format!("/demandes/{}/fichiers/{given_in}", other.0)).await.status, StatusCode::NOT_FOUND);
    for nonsense in ["..%2f..%2fetc%2fpasswd", "0", "00000000-0000-0000-0000-000000000000"] {
        assert_eq!(camille.get(&format!("/demandes/{}/fichiers/{nonsense}", id.0)).await.status, StatusCode::NOT_FOUND);
    }
    assert!(!site.letters().await.is_empty());
}

#[tokio::test]
async fn nobody_joins_a_file_to_somebody_else_s_demande() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let there = format!("/demandes/{}/service/fichiers", id.0);
    let file = camille.post_files(&there, &[], &[a_pdf("ecran.pdf")]).await.attribute(".hab-files button", "value").unwrap();
    given::a_person(&site, "malo@rhone.test").await;
    let mut malo = site.visitor();
    malo.sign_in("malo@rhone.test").await;
    let theirs = given::a_draft(&site, &given::a_person(&site, "malo@rhone.test").await).await;
    assert_eq!(malo.post_files(&there, &[], &[a_pdf("intrus.pdf")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(malo.post(&there, &[("retirer", &file)]).await.status, StatusCode::NOT_FOUND);
    // Through one's own demande, another's file cannot be named.
    let through = format!("/demandes/{}/service", theirs.0);
    let tried =
        malo.post_files(&through, &[("revision", "0"), ("retirer", &file)], &[a_pdf("intrus.pdf").of(format!("remplacer-{file}"))]).await;
    assert!(matches!(tried.status, StatusCode::SEE_OTHER | StatusCode::NOT_FOUND), "{}", tried.status);
    let step = camille.get(&format!("/demandes/{}/service", id.0)).await;
    assert_eq!(step.attribute(".hab-files button", "value"), Some(file));
}
