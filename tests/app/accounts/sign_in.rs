//! `/connexion` and `/deconnexion`.

use axum::http::StatusCode;
use habilitation::accounts::Role;

use crate::support::{TestSite, given};

#[tokio::test]
async fn whoever_signs_in_reaches_their_own_desk() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    given::staff(&site, Role::Reviewer).await;
    assert_eq!(site.visitor().sign_in("camille@clamart.test").await.location(), "/demandes");
    assert_eq!(site.visitor().sign_in(" CAMILLE@clamart.test ").await.location(), "/demandes");
    assert_eq!(site.visitor().sign_in("reviewer@equipe.test").await.location(), "/instruction");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut visitor = site.visitor();
    let wrong = visitor.post("/connexion", &[("email", "camille@clamart.test"), ("password", "une tasse de nuages bleux")]).await;
    let unknown = visitor.post("/connexion", &[("email", "inconnue@clamart.test"), ("password", given::PASSWORD)]).await;
    assert_eq!((wrong.status, unknown.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(wrong.html, unknown.html.replace("inconnue@", "camille@"));
    assert!(wrong.says("Adresse ou mot de passe incorrect"));
    assert!(!wrong.html.contains("nuages"));
    assert!(wrong.attribute("#password", "autofocus").is_some());
    assert_eq!(wrong.attribute("#password", "autocomplete").as_deref(), Some("current-password"));
    assert!(visitor.cookie("session").is_none());
}
