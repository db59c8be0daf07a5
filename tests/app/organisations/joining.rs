//! `/compte/organismes/nouveau`, in a browser.

use axum::http::StatusCode;
use habilitation::organisations::Register;

use super::{CLAMART, UNKNOWN};
use crate::support::{TestSite, Visitor, given};

const ASK: &str = "/compte/organismes/nouveau";
const JOIN: &str = "/compte/organismes";

pub(super) async fn camille(site: &TestSite) -> Visitor {
    given::a_person(site, "camille@clamart.test").await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    camille
}

#[tokio::test]
async fn the_name_comes_back_to_be_confirmed() {
    let site = TestSite::new().await;
    let mut camille = camille(&site).await;
    let page = camille.get(ASK).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.attribute("input#siret", "required").is_some());

    let page = camille.get(&format!("{ASK}?siret=130%20025%20265%C2%A000013")).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "Est-ce bien votre organisme ?",
        "Direction interministérielle du numérique (DINUM)",
        "130 025 265 00013",
        "20 avenue de Ségur, 75007 Paris",
        "Service central d’un ministère",
        "Le registre le classe parmi les administrations. Catégorie juridique 7120, Sirene.",
        "24 mai 2017",
        "Registre Sirene, extrait fourni avec le guichet, 23 novembre 2026.",
    ] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    let siret = page.attribute("input[type=hidden][name=siret]", "value").unwrap();
    let answer = camille.post(JOIN, &[("siret", &siret)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, JOIN));
    let page = camille.get(JOIN).await;
    assert!(page.says("L’organisme fait partie des vôtres."));
    assert!(page.says("Appartenance non vérifiée"));
    assert_eq!(page.count("table"), 0);
}

#[tokio::test]
async fn a_refusal_stands_beside_the_number_that_was_typed() {
    let site = TestSite::new().await;
    let mut camille = camille(&site).await;
    for (typed, words) in [
        ("21920023500022", "fermé depuis le 20 juin 2002"),
        ("12345678901234", "chiffres de contrôle"),
        ("130025265", "un SIREN (9 chiffres)"),
        ("MONACOCONFO001", "monégasque"),
        ("", "Indiquez le SIRET"),
    ] {
        let page = camille.get(&format!("{ASK}?siret={typed}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(page.says(words) && page.html.contains("<title>Erreur"), "{typed}");
        assert_eq!(page.attribute("input#siret", "value").as_deref(), Some(typed));
        assert_eq!(page.attribute("#erreurs a", "href").as_deref(), Some("#siret"));
        // the same when no page was asked first
        assert_eq!(camille.post(JOIN, &[("siret", typed)]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
    }
    assert!(camille.get(JOIN).await.says("Vous n’avez encore rejoint aucun organisme"));
}

#[tokio::test]
async fn an_unknown_organisation_is_declared_and_marked() {
    let site = TestSite::new().await;
    let mut camille = camille(&site).await;
    let page = camille.get(&format!("{ASK}?siret={UNKNOWN}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.says("ne contient pas ce SIRET"));

    let page = camille.post(JOIN, &[("siret", UNKNOWN), ("nom_organisme", "Mairie <b>de</b> Tulle"), ("commune_organisme", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.attribute("#nom_organisme", "value").as_deref(), Some("Mairie <b>de</b> Tulle"), "what was typed stays");
    assert_eq!(page.attribute("#erreurs a", "href").as_deref(), Some("#commune_organisme"));

    let fields = [("siret", UNKNOWN), ("nom_organisme", "Mairie <b>de</b> Tulle"), ("commune_organisme", "Tulle")];
    assert_eq!(camille.post(JOIN, &fields).await.status, StatusCode::SEE_OTHER);
    let page = camille.get(JOIN).await;
    assert!(page.says("Mairie <b>de</b> Tulle"), "shown as typed, never as markup");
    assert!(page.says("Déclaré le 3 décembre 2026, non vérifié dans le registre Sirene."));
    assert!(page.says("Non précisé"));
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_with_a_sentence() {
    let site = TestSite::new().await;
    let mut camille = camille(&site).await;
    let long = "a".repeat(201);
    for (name, town) in
        [("a\0b", "Tulle"), ("Mairie\r\nBcc: x", "Tulle"), (long.as_str(), "Tulle"), ("Mairie", "\u{202e}elluT"), ("[ND]", "Tulle")]
    {
        let answer = camille.post(JOIN, &[("siret", UNKNOWN), ("nom_organisme", name), ("commune_organisme", town)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?} {town:?}");
    }
    let long = camille.post(JOIN, &[("siret", &"7".repeat(200_000))]).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.says("vous en avez saisi 200000"));
    let huge = camille.post(JOIN, &[("siret", &"7".repeat(1_000_000))]).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE, "no form of ours is that long");
    assert!(huge.says("C’est trop long pour être reçu"));
}

#[tokio::test]
async fn a_register_that_is_away_blocks_nobody() {
    let site = TestSite::new().await.with_register(Register::new([]));
    let mut camille = camille(&site).await;
    assert!(camille.get(&format!("{ASK}?siret={CLAMART}")).await.says("Le registre ne répond pas en ce moment."));
    let fields = [("siret", CLAMART), ("nom_organisme", "Commune de Clamart"), ("commune_organisme", "Clamart")];
    assert_eq!(camille.post(JOIN, &fields).await.status, StatusCode::SEE_OTHER);
    assert!(camille.get(JOIN).await.says("Déclaré le 3 décembre 2026"));
}

#[tokio::test]
async fn whoever_is_signed_out_is_asked_to_sign_in() {
    let site = TestSite::new().await;
    for path in [ASK, JOIN] {
        let answer = site.visitor().get(path).await;
        assert!(answer.status == StatusCode::SEE_OTHER || answer.status == StatusCode::UNAUTHORIZED, "{path}: {}", answer.status);
    }
    assert_ne!(site.visitor().post(JOIN, &[("siret", CLAMART)]).await.status, StatusCode::OK);
}
