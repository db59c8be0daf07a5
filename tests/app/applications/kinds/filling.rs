//! What spares typing.

use axum::http::StatusCode;
use habilitation::applications::Kind;

use crate::support::{
    TestSite, given,
    private::{self, ASSOCIATION},
};

#[tokio::test]
async fn people_named_before_are_named_again_in_one_press_by_those_who_may_read_them() {
    let site = TestSite::new().await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    private::a_submitted(&site, &person, ASSOCIATION, Kind::PrivateAddressChange).await;
    let id = given::a_draft_for(&site, &person, ASSOCIATION, Kind::PrivateAddressChange).await.unwrap();
    let mut camille = site.visitor();
    camille.sign_in("camille@exemple.test").await;
    let path = format!("/demandes/{}/contacts", id.0);
    let page = camille.get(&path).await;
    assert!(page.says("Reprendre Jeanne Moreau") && page.says("Reprendre Lucie Fontaine"), "{}", page.text());
    assert!(!page.says("Reprendre Karim Haddad"), "a referent is not offered as a DPO");
    let taken = [("reprendre", "data_controller:maire@clamart.test"), ("technical_contact_given_name", "Tapé"), ("revision", "0")];
    let back = camille.post(&path, &taken).await;
    assert_eq!((back.status, back.location()), (StatusCode::SEE_OTHER, format!("{path}#data_controller").as_str()));
    let page = camille.get(&path).await;
    assert_eq!(page.attribute("#data_controller_family_name", "value").as_deref(), Some("Moreau"));
    assert_eq!(page.attribute("#technical_contact_given_name", "value").as_deref(), Some("Tapé"), "nothing typed is lost");

    // Somebody who says they act for the same organisation, which nobody has confirmed.
    let stranger = given::a_person(&site, "leo@ailleurs.test").await;
    let theirs = given::a_draft_for(&site, &stranger, ASSOCIATION, Kind::PrivateAddressChange).await.unwrap();
    let mut leo = site.visitor();
    leo.sign_in("leo@ailleurs.test").await;
    let path = format!("/demandes/{}/contacts", theirs.0);
    assert!(!leo.get(&path).await.says("Jeanne Moreau"));
    leo.post(&path, &[("reprendre", "data_controller:maire@clamart.test"), ("revision", "0")]).await;
    assert!(!leo.get(&path).await.html.contains("Moreau"), "nor given to who asks by the address");
    site.letters().await;
}

#[tokio::test]
async fn an_example_is_taken_in_one_press_and_can_be_changed() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/donnees", id.0);
    let page = camille.get(&path).await;
    let button = page.attribute("button[name=exemple][value^='why_email']", "value").unwrap();
    let pressed = [("scopes", "email"), ("scopes", "family_name"), ("why_email", ""), ("exemple", &*button), ("revision", "0")];
    assert_eq!(camille.post(&path, &pressed).await.location(), format!("{path}#why_email"));
    let page = camille.get(&path).await;
    assert!(page.says("Envoyer la confirmation de la démarche et prévenir de ses suites."));
    assert_eq!(page.count("#scopes-family_name[checked]"), 1);
}
