//! What was being typed when a session ended.

use habilitation::accounts::take_kept_form;
use time::Duration;

use super::count;
use crate::support::{TestSite, given};

const PAGE: &str = "/demandes/12/service";

#[tokio::test]
async fn what_was_typed_when_the_session_ended_is_given_back_to_the_same_person() {
    let site = TestSite::new().await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let malo = given::a_person(&site, "malo@ailleurs.test").await;
    let mut visitor = site.visitor();
    visitor.sign_in("camille@clamart.test").await;
    site.state.clock.advance(Duration::minutes(31));
    let typed = [("name", "Portail familles"), ("scope", "email"), ("scope", "openid"), ("password", "secret")];
    visitor.post(PAGE, &typed).await;
    let mut connection = site.state.db.acquire().await.unwrap();
    assert!(take_kept_form(&mut connection, malo.account, PAGE).await.unwrap().is_none());
    assert!(take_kept_form(&mut connection, camille.account, "/demandes/13/service").await.unwrap().is_none());
    let kept = take_kept_form(&mut connection, camille.account, PAGE).await.unwrap().unwrap();
    assert_eq!(kept.value("name"), "Portail familles");
    assert_eq!(kept.values("scope").collect::<Vec<_>>(), ["email", "openid"]);
    assert_eq!(kept.value("password"), "");
    assert!(take_kept_form(&mut connection, camille.account, PAGE).await.unwrap().is_none(), "given back once");
}

#[tokio::test]
async fn only_long_work_of_a_session_that_has_just_ended_is_kept() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut visitor = site.visitor();
    visitor.post(PAGE, &[("name", "sans session")]).await;
    visitor.sign_in("camille@clamart.test").await;
    visitor.post(PAGE, &[("name", "session ouverte")]).await;
    let cookie = visitor.cookie("session").unwrap().to_owned();
    site.state.clock.advance(Duration::minutes(31));
    for (path, fields) in [("/compte", ("given_name", "Zoé")), ("/connexion", ("email", "a@b.test")), (PAGE, ("password", "secret"))] {
        visitor.plant_cookie("session", &cookie);
        visitor.post(path, &[fields]).await;
    }
    assert_eq!(count(&site, "select count(*) from kept_forms").await, 0);
    for number in 0..25 {
        visitor.plant_cookie("session", &cookie);
        visitor.post(&format!("/demandes/{number}/service"), &[("name", "a\0b")]).await;
    }
    assert_eq!(count(&site, "select count(*) from kept_forms").await, 20, "the oldest give way");
}
