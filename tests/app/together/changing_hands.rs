//! A demande passes from one person to another: offered and accepted, or taken over when its author has left.

use axum::http::StatusCode;

use super::{
    CAMILLE, LEO, TO_FILL, TO_TAKE, accept, applicant_of, is_verified, joins, letters_of, no_longer_belongs, offers, somebody, told,
};
use crate::support::{TestSite, given};

const PASSWORD: [(&str, &str); 1] = [("password", given::PASSWORD)];

#[tokio::test]
async fn a_demande_is_handed_over_to_a_member_who_accepts() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    let (_, mut leo) = somebody(&site, LEO).await;
    let link = offers(&site, &mut camille, id, TO_TAKE, LEO).await;
    let second = camille.post("/demandes/1/transmission", &[("successor", "zoe@clamart.test")]).await;
    assert!(second.says("La demande est déjà proposée à quelqu’un"), "{}", second.text());

    let stranger = accept(&mut leo, &link).await;
    assert!(stranger.status == StatusCode::CONFLICT && stranger.says("Rattachez-le d’abord"), "{}", stranger.text());
    assert_eq!(stranger.count("a[href='/compte/organismes/nouveau']"), 1);
    joins(&mut leo).await;
    assert!(leo.get("/demandes").await.says("Camille Rousseau vous transmet la demande D1"));
    assert_eq!(accept(&mut leo, &link).await.location(), "/demandes/1");

    assert_eq!(applicant_of(&site, id).await.email.as_str(), LEO);
    assert_eq!(camille.get("/demandes/1").await.status, StatusCode::NOT_FOUND, "nobody confirmed that she belongs there");
    assert_eq!(camille.post("/demandes/1/retrait", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(leo.get("/demandes/1/retrait").await.status, StatusCode::OK);
    assert!(told(&site, id).await.contains(&"Leo Rousseau a reçu la demande que Camille Rousseau lui transmettait".to_owned()));
    let page = leo.get("/demandes/1").await;
    assert!(page.says("Transmise 3 décembre 2026") && page.says("Par Camille Rousseau à Leo Rousseau"), "{}", page.text());
    let (hers, his) = (site.letters_to(CAMILLE).await, site.letters_to(LEO).await);
    assert!(hers.last().unwrap().text.contains("a accepté de reprendre la demande"), "{}", hers.last().unwrap().text);
    assert!(his.last().unwrap().text.contains("Elle est maintenant la vôtre"), "{}", his.last().unwrap().text);
    let reviewer = given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut nadia = site.visitor();
    nadia.sign_in(reviewer.person().email.as_str()).await;
    assert!(nadia.get("/instruction/1").await.says("Suivie aujourd’hui par Leo Rousseau"));
}

#[tokio::test]
async fn a_demande_offered_before_its_author_closed_their_account_can_still_be_accepted() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let (_, mut leo) = somebody(&site, LEO).await;
    joins(&mut leo).await;
    let link = offers(&site, &mut camille, id, TO_TAKE, LEO).await;
    assert!(camille.post("/compte/fermer", &PASSWORD).await.says("Votre compte est fermé"));
    assert!(leo.get(&link).await.says("quelqu’un dont le compte est fermé vous propose de reprendre la demande D1"));
    assert_eq!(accept(&mut leo, &link).await.status, StatusCode::SEE_OTHER);
    assert_eq!(applicant_of(&site, id).await.email.as_str(), LEO);
    assert_eq!(leo.get("/demandes/1/service").await.status, StatusCode::OK);
    let letters = letters_of(&site, &["invitation_answered", "demande_handed_over"]).await;
    assert_eq!(letters, [format!("demande_handed_over to {LEO}")], "nobody is left to be told");
    site.letters().await;
}

#[tokio::test]
async fn somebody_the_team_no_longer_believes_designates_nobody() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let person = given::a_person(&site, CAMILLE).await;
    let (_, mut leo) = somebody(&site, LEO).await;
    joins(&mut leo).await;
    let link = offers(&site, &mut camille, id, TO_TAKE, LEO).await;
    is_verified(&site, &person).await;
    no_longer_belongs(&site, &person).await;
    let refused = accept(&mut leo, &link).await;
    assert!(refused.status == StatusCode::CONFLICT && refused.says("ne peut plus transmettre cette demande"), "{}", refused.text());
    assert_eq!(applicant_of(&site, id).await.email.as_str(), CAMILLE);
    site.letters().await;
}

#[tokio::test]
async fn who_receives_a_demande_must_not_have_been_taken_out_of_its_organisation() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let (person, mut leo) = somebody(&site, LEO).await;
    joins(&mut leo).await;
    is_verified(&site, &person).await;
    no_longer_belongs(&site, &person).await;
    let link = offers(&site, &mut camille, id, TO_TAKE, LEO).await;
    let refused = accept(&mut leo, &link).await;
    assert!(refused.says("a retiré la confirmation de votre appartenance"), "{}", refused.text());
    assert_eq!(leo.post(&format!("{link}/refus"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(site.letters_to(CAMILLE).await.last().unwrap().text.contains("La demande reste la vôtre"));
    site.letters().await;
}

#[tokio::test]
async fn a_verified_member_takes_over_what_its_author_left() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    let author = given::a_person(&site, CAMILLE).await;
    let (person, mut leo) = somebody(&site, LEO).await;
    joins(&mut leo).await;
    is_verified(&site, &person).await;
    is_verified(&site, &author).await;
    assert_eq!(leo.get("/demandes/1/releve").await.status, StatusCode::NOT_FOUND, "its author is still there");
    let link = offers(&site, &mut camille, id, TO_TAKE, "zoe@clamart.test").await;
    no_longer_belongs(&site, &author).await;

    let list = leo.get("/demandes").await;
    assert!(list.says("Demandes à reprendre"), "{}", list.text());
    assert_eq!(list.count("a[href='/demandes/1/releve']"), 1);
    let empty = leo.post("/demandes/1/releve", &[("because", " ")]).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.count("#erreurs a[href='#because']") == 1);
    let because = "Camille a quitté la mairie, je la remplace.";
    assert_eq!(leo.post("/demandes/1/releve", &[("because", because)]).await.location(), "/demandes/1");
    assert_eq!(applicant_of(&site, id).await.email.as_str(), LEO);
    assert_eq!(leo.get("/demandes/1/releve").await.status, StatusCode::NOT_FOUND, "it is his");
    let page = leo.get("/demandes/1").await;
    assert!(page.says("Reprise 3 décembre 2026") && page.says("Par Leo Rousseau, à la place de Camille Rousseau"), "{}", page.text());

    let letter = site.letters_to(CAMILLE).await.pop().unwrap();
    assert!(letter.text.contains(because) && letter.text.contains("a repris la demande"), "{}", letter.text);
    let (_, mut zoe) = somebody(&site, "zoe@clamart.test").await;
    joins(&mut zoe).await;
    assert!(accept(&mut zoe, &link).await.says("a été retirée"), "what was offered by another is void");
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let dossier = nadia.get("/instruction/1").await;
    assert!(dossier.says("a repris la demande de Camille Rousseau : Camille a quitté la mairie"), "{}", dossier.text());
    site.letters().await;
}

#[tokio::test]
async fn a_draft_left_with_a_closed_account_is_taken_over_by_verified_members_alone() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let (person, mut leo) = somebody(&site, LEO).await;
    let (_, mut zoe) = somebody(&site, "zoe@clamart.test").await;
    joins(&mut leo).await;
    joins(&mut zoe).await;
    is_verified(&site, &person).await;
    let fills = offers(&site, &mut camille, id, TO_FILL, LEO).await;
    assert_eq!(accept(&mut leo, &fills).await.status, StatusCode::SEE_OTHER);
    assert!(camille.post("/compte/fermer", &PASSWORD).await.says("Votre compte est fermé"));
    for path in ["/demandes/1/releve", "/demandes/1", "/demandes/1/service"] {
        assert_eq!(zoe.get(path).await.status, StatusCode::NOT_FOUND, "nobody confirmed her: {path}");
    }
    assert_eq!(zoe.post("/demandes/1/releve", &[("because", "x")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(leo.post("/demandes/1/releve", &[("because", "Camille est partie.")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(applicant_of(&site, id).await.email.as_str(), LEO);
    let page = leo.get("/demandes/1/equipe").await;
    assert!(page.says("C’est vous : vous remplissez") && page.count("form[action$=retrait]") == 0, "{}", page.text());
    let seen = leo.get("/demandes/1/recapitulatif").await.attribute("input[name=seen]", "value").unwrap();
    assert_eq!(leo.post("/demandes/1/depot", &given::attested(&seen)).await.location(), "/demandes/1/recepisse", "all of it is kept");
    assert!(
        told(&site, id)
            .await
            .contains(&"Leo Rousseau a repris la demande de quelqu’un dont le compte est fermé : Camille est partie.".to_owned())
    );
    site.letters().await;
}
