//! A colleague is invited, fills, and hands nothing in.

use axum::http::StatusCode;
use habilitation::applications::{Form, Kind};
use time::Duration;

use super::{CAMILLE, LEO, TO_FILL, accept, letters_of, offers, somebody, told};
use crate::support::{TestSite, Visitor, given};

async fn save(visitor: &mut Visitor, path: &str, mut fields: Vec<(&str, &str)>) -> StatusCode {
    let page = visitor.get(path).await;
    let revision = page.attribute("input[name=revision]", "value").unwrap_or_default();
    fields.push(("revision", &revision));
    visitor.post(path, &fields).await.status
}

#[tokio::test]
async fn an_invited_colleague_fills_every_step_and_the_owner_hands_in() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let (_, mut leo) = somebody(&site, LEO).await;
    let base = format!("/demandes/{}", id.0);
    assert_eq!(leo.get(&format!("{base}/service")).await.status, StatusCode::NOT_FOUND);

    let link = offers(&site, &mut camille, id, TO_FILL, LEO).await;
    assert!(camille.get(&format!("{base}/equipe")).await.says("en attente de réponse jusqu’au 17 décembre 2026"));
    let list = leo.get("/demandes").await;
    assert!(list.says("Camille Rousseau vous invite à remplir la demande D1"), "{}", list.text());
    let page = leo.get(&link).await;
    assert!(page.says("Seuls les membres de l’organisme déposent") && page.says("Demande sans nom"), "{}", page.text());
    assert_eq!(leo.get(&format!("{base}/service")).await.status, StatusCode::NOT_FOUND, "not before he accepts");
    assert_eq!(accept(&mut leo, &link).await.location(), base);

    for step in Form::of(Kind::Administration).steps() {
        assert_eq!(save(&mut leo, &format!("{base}/{}", step.slug()), given::answers(*step)).await, StatusCode::SEE_OTHER, "{step:?}");
    }
    assert!(leo.get("/demandes").await.says("Demandes que vous remplissez avec d’autres"));
    let summary = leo.get(&format!("{base}/recapitulatif")).await;
    assert!(summary.says("Seuls les membres de l’organisme déposent") && summary.says("Camille Rousseau relira"), "{}", summary.text());
    assert_eq!(summary.count("form[action$=depot]"), 0);
    for (act, field) in [("depot", "seen"), ("retrait", "x"), ("invitations", "colleague"), ("transmission", "successor")] {
        assert_eq!(leo.post(&format!("{base}/{act}"), &[(field, "zoe@clamart.test")]).await.status, StatusCode::NOT_FOUND, "{act}");
    }

    assert!(camille.get(&format!("{base}/service")).await.says("Enregistré à 10 h 00 par Leo Rousseau"));
    let seen = camille.get(&format!("{base}/recapitulatif")).await.attribute("input[name=seen]", "value").unwrap();
    assert_eq!(camille.post(&format!("{base}/depot"), &given::attested(&seen)).await.location(), format!("{base}/recepisse"));
    assert!(leo.get(&base).await.says("Cette demande de Camille Rousseau"), "who fills it follows it");
    assert!(told(&site, id).await.contains(&"Leo Rousseau a accepté de remplir la demande".to_owned()));
    assert_eq!(
        letters_of(&site, &["invitation", "invitation_answered"]).await,
        [format!("invitation to {LEO}"), format!("invitation_answered to {CAMILLE}")]
    );
}

#[tokio::test]
async fn an_invitation_is_answered_once_by_the_owner_of_its_address_in_time() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let (_, mut leo) = somebody(&site, LEO).await;
    let (_, mut zoe) = somebody(&site, "zoe@clamart.test").await;
    let link = offers(&site, &mut camille, id, TO_FILL, LEO).await;

    let other = zoe.get(&link).await;
    assert!(other.status == StatusCode::FORBIDDEN && other.says("a été envoyée à une autre adresse"), "{}", other.text());
    assert_eq!(accept(&mut zoe, &link).await.status, StatusCode::FORBIDDEN);
    assert!(site.visitor().get(&link).await.location().starts_with("/connexion?suite="), "who is not signed in comes back here");

    let again = camille.post("/demandes/1/invitations", &[("colleague", "LEO@clamart.test ")]).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.says("Une invitation attend déjà"), "{}", again.text());

    site.state.clock.advance(Duration::days(14));
    leo.sign_in(LEO).await;
    camille.sign_in(CAMILLE).await;
    let late = accept(&mut leo, &link).await;
    assert!(late.status == StatusCode::CONFLICT && late.says("a expiré"), "{}", late.text());
    assert!(leo.get(&link).await.says("Il n’y a plus rien à répondre"));
    let renewed = offers(&site, &mut camille, id, TO_FILL, LEO).await;
    assert_ne!(renewed, link, "an expired one gives way");
    assert_eq!(accept(&mut leo, &renewed).await.status, StatusCode::SEE_OTHER);
    let twice = accept(&mut leo, &renewed).await;
    assert!(twice.status == StatusCode::CONFLICT && twice.says("elle ne sert qu’une fois"), "{}", twice.text());
    let known = camille.post("/demandes/1/invitations", &[("colleague", LEO)]).await;
    assert!(known.says("remplit déjà la demande avec vous"), "{}", known.text());
    assert_eq!(letters_of(&site, &["invitation"]).await.len(), 2);
}

#[tokio::test]
async fn what_was_offered_is_taken_back_and_what_it_gave_is_ended() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let (_, mut leo) = somebody(&site, LEO).await;
    let ends = async |camille: &mut Visitor| {
        let page = camille.get("/demandes/1/equipe").await;
        let act = page.attribute("form[action$=retrait]", "action").unwrap();
        camille.post(&act, &[]).await
    };
    let link = offers(&site, &mut camille, id, TO_FILL, LEO).await;
    assert_eq!(ends(&mut camille).await.status, StatusCode::SEE_OTHER);
    let withdrawn = accept(&mut leo, &link).await;
    assert!(withdrawn.status == StatusCode::CONFLICT && withdrawn.says("a été retirée"), "{}", withdrawn.text());

    let link = offers(&site, &mut camille, id, TO_FILL, LEO).await;
    assert_eq!(accept(&mut leo, &link).await.status, StatusCode::SEE_OTHER);
    assert_eq!(leo.get("/demandes/1/service").await.status, StatusCode::OK);
    let page = camille.get("/demandes/1/equipe").await;
    assert!(page.says("Leo Rousseau") && page.says("Remplit les étapes depuis le 3 décembre 2026"), "{}", page.text());
    assert_eq!(ends(&mut camille).await.status, StatusCode::SEE_OTHER);
    for path in ["/demandes/1", "/demandes/1/service", "/demandes/1/equipe", "/demandes/1/recapitulatif"] {
        assert_eq!(leo.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(leo.get(&link).await.says("a mis fin au droit de remplir la demande"));
    let ended = site.letters_to(LEO).await;
    assert!(ended.last().unwrap().text.contains("Camille Rousseau a mis fin à votre droit"), "{}", ended.last().unwrap().text);
    assert!(told(&site, id).await.contains(&"Camille Rousseau a mis fin au droit de Leo Rousseau de remplir la demande".to_owned()));
    site.letters().await;
}

#[tokio::test]
async fn a_refusal_is_told_and_nobody_writes_to_twenty_one_addresses_a_day() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let (_, mut leo) = somebody(&site, LEO).await;
    let link = offers(&site, &mut camille, id, TO_FILL, LEO).await;
    assert_eq!(leo.post(&format!("{link}/refus"), &[]).await.location(), "/demandes");
    assert!(accept(&mut leo, &link).await.says("a été refusée"));
    assert!(site.letters_to(CAMILLE).await[0].text.contains("Leo Rousseau a refusé de remplir avec vous"));
    for typed in ["", "leo", "camille@clamart.test", "a@b.fr\r\nBcc: c@d.fr"] {
        let refused = camille.post("/demandes/1/invitations", &[("colleague", typed)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}");
        assert_eq!(refused.count("#erreurs a[href='#colleague']"), 1, "{typed:?}");
    }
    for nth in 1..20 {
        offers(&site, &mut camille, id, TO_FILL, &format!("a{nth}@clamart.test")).await;
    }
    let refused = camille.post("/demandes/1/invitations", &[("colleague", "a20@clamart.test")]).await;
    assert!(refused.says("beaucoup d’invitations aujourd’hui") && refused.html.contains("a20@clamart.test"), "{}", refused.text());
    assert_eq!(letters_of(&site, &["invitation"]).await.len(), 20);
    site.letters().await;
}
