//! A vendor's organisation says for whom it acts.

use super::{CLAMART, RHONE, a_verified_member, at_once, journalled};
use crate::support::TestSite;

const VENDOR: &str = "41816609600069";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_client_declared_ten_times_at_once_is_declared_once() {
    let site = TestSite::new().await;
    let (_, vendor) = a_verified_member(&site, "karim@editeur.test", VENDOR).await;
    let mut karim = site.visitor();
    karim.sign_in("karim@editeur.test").await;
    let path = format!("/compte/organismes/{vendor}/clients");
    let page = karim.get(&format!("{path}?siret={RHONE}")).await;
    assert!(page.says("Département du Rhône"), "the register names it before anything is declared: {}", page.text());
    let tabs = (0..10).map(|_| {
        let (mut tab, path) = (karim.another_tab(), path.clone());
        async move { tab.post(&path, &[("siret", RHONE)]).await.status.as_u16() }
    });
    assert_eq!(at_once(tabs.collect::<Vec<_>>()).await, [303; 10]);
    assert_eq!(journalled(&site, vendor, "client_declared").await, 1);
    let page = karim.get(&path).await;
    assert!(page.says("Département du Rhône"), "{}", page.text());
    let end = page.attribute("form[action$=fin]", "action").unwrap();
    assert_eq!(karim.post(&end, &[]).await.status, 303);
    assert_eq!(karim.get(&path).await.count("form[action$=fin]"), 0, "it is over");
    assert_eq!(karim.post(&path, &[("siret", RHONE)]).await.status, 303, "and may begin again");
}

#[tokio::test]
async fn nobody_is_their_own_client_and_a_closed_establishment_is_nobody_s() {
    let site = TestSite::new().await;
    let (_, vendor) = a_verified_member(&site, "karim@editeur.test", VENDOR).await;
    let mut karim = site.visitor();
    karim.sign_in("karim@editeur.test").await;
    let path = format!("/compte/organismes/{vendor}/clients");
    for (siret, sentence) in [
        (VENDOR, "C’est le SIRET de votre propre organisme."),
        ("21920023500022", "est fermé depuis le 20 juin 2002"),
        ("12345678901234", "chiffres de contrôle"),
        ("", "SIRET"),
    ] {
        let answer = karim.post(&path, &[("siret", siret)]).await;
        assert!(answer.status == 422 && answer.says(sentence), "{siret}: {}", answer.text());
        assert_eq!(answer.count("#erreurs li"), 1);
    }
    assert_eq!(journalled(&site, vendor, "client_declared").await, 0);
}

#[tokio::test]
async fn the_team_sees_whom_a_vendor_represents() {
    let site = TestSite::new().await;
    let (_, vendor) = a_verified_member(&site, "karim@editeur.test", VENDOR).await;
    let mut karim = site.visitor();
    karim.sign_in("karim@editeur.test").await;
    assert_eq!(karim.post(&format!("/compte/organismes/{vendor}/clients"), &[("siret", CLAMART)]).await.status, 303);
    let mut sophie = site.visitor();
    sophie.sign_in("reviewer@equipe.test").await;
    let record = sophie.get(&format!("/instruction/organismes/{vendor}")).await;
    assert!(record.says("Commune de Clamart"), "{}", record.text());
}
