//! The e-mail domain an organisation vouches for confirms those whose address ends with it.

use std::sync::Arc;

use habilitation::{
    accounts::Person,
    ids::OrganisationId,
    organisations::{EmailDomain, find_membership},
};

use super::{CLAMART, RHONE, a_verified_member, at_once, facts, join, journalled};
use crate::support::{TestSite, given};

async fn is_verified(site: &TestSite, person: &Person, organisation: OrganisationId) -> bool {
    let mut connection = site.state.db.acquire().await.unwrap();
    find_membership(&mut connection, person.account, organisation).await.unwrap().unwrap().is_verified()
}

#[tokio::test]
async fn a_confirmed_domain_confirms_those_who_wait_and_those_who_come() {
    let site = TestSite::new().await;
    let (_, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    let clamart_s = facts(&site, CLAMART, "").await;
    let waiting = given::a_person(&site, "leo@clamart.test").await;
    let elsewhere = given::a_person(&site, "zoe@sous.clamart.test").await;
    for person in [&waiting, &elsewhere] {
        join(&site, person, &clamart_s).await;
    }
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let path = format!("/compte/organismes/{clamart}/domaines");
    let refused = camille.post(&path, &[]).await;
    assert_eq!(refused.status, 422, "what it entails is attested");
    assert!(refused.says("Les adresses de ce domaine sont réservées aux personnes qui travaillent pour l’organisme"), "{}", refused.text());
    assert!(refused.says("Une personne attend déjà et sera vérifiée maintenant : Leo Rousseau"), "{}", refused.text());
    assert!(!is_verified(&site, &waiting, clamart).await);
    assert_eq!(camille.post(&path, &[("ours_alone", "oui")]).await.status, 303);
    assert!(camille.get(&path).await.says("clamart.test"));

    let coming = given::a_person(&site, "noe@clamart.test").await;
    join(&site, &coming, &clamart_s).await;
    assert!(is_verified(&site, &waiting, clamart).await && is_verified(&site, &coming, clamart).await);
    assert!(!is_verified(&site, &elsewhere, clamart).await, "a domain below is another domain");
    // The same address confirms nothing of another organisation.
    let rhone = join(&site, &coming, &facts(&site, RHONE, "").await).await;
    assert!(!is_verified(&site, &coming, rhone).await);
    assert_eq!(journalled(&site, clamart, "domain_confirmed").await, 1);

    // Removed, it confirms nobody any more; those it confirmed stay so.
    let removal = camille.get(&path).await.attribute("form[action$=retrait]", "action").unwrap();
    assert_eq!(camille.post(&removal, &[]).await.status, 303);
    let late = given::a_person(&site, "ines@clamart.test").await;
    join(&site, &late, &clamart_s).await;
    assert!(is_verified(&site, &waiting, clamart).await && !is_verified(&site, &late, clamart).await);
    let letters = site.letters().await;
    assert_eq!(
        letters.iter().filter(|letter| letter.starts_with("membership_confirmed")).count(),
        2,
        "who is confirmed on joining reads it on the page: {letters:?}"
    );
}

#[tokio::test]
async fn a_domain_where_anybody_may_open_a_mailbox_confirms_nobody() {
    for domain in ["gmail.com", "orange.fr", "free.fr", "laposte.net", "Outlook.com", "@wanadoo.fr"] {
        assert!(EmailDomain::parse(domain).unwrap_err().to_string().contains("N’importe qui"), "{domain}");
    }
    // A Cyrillic « а » is another letter.
    assert_ne!(EmailDomain::parse("clamart.fr").unwrap(), EmailDomain::parse("cl\u{430}mart.fr").unwrap());
    let site = TestSite::new().await;
    let (_, clamart) = a_verified_member(&site, "camille@gmail.com", CLAMART).await;
    let mut camille = site.visitor();
    camille.sign_in("camille@gmail.com").await;
    let answer = camille.post(&format!("/compte/organismes/{clamart}/domaines"), &[("ours_alone", "oui")]).await;
    assert!(answer.status.is_client_error() && answer.says("N’importe qui peut ouvrir une adresse en @gmail.com"), "{}", answer.text());
    assert_eq!(journalled(&site, clamart, "domain_confirmed").await, 0);
}

#[tokio::test]
async fn whoever_is_not_verified_vouches_for_nothing() {
    let site = TestSite::new().await;
    let leo = given::a_person(&site, "leo@clamart.test").await;
    let clamart = join(&site, &leo, &facts(&site, CLAMART, "").await).await;
    let mut browser = site.visitor();
    browser.sign_in("leo@clamart.test").await;
    for page in ["domaines", "clients"] {
        let path = format!("/compte/organismes/{clamart}/{page}");
        assert_eq!(browser.get(&path).await.status, 200, "the page says why");
        assert_eq!(browser.post(&path, &[("ours_alone", "oui"), ("siret", RHONE)]).await.status, 403);
    }
    assert!(!is_verified(&site, &leo, clamart).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_joins_while_the_domain_is_confirmed_is_not_forgotten() {
    let site = Arc::new(TestSite::new().await);
    let (_, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    let clamart_s = facts(&site, CLAMART, "").await;
    let mut people = Vec::new();
    for number in 0..10 {
        people.push(given::a_person(&site, &format!("agent{number}@clamart.test")).await);
    }
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let joining = people.iter().cloned().map(|person| {
        let (site, facts) = (site.clone(), clamart_s.clone());
        async move { join(&site, &person, &facts).await }
    });
    let path = format!("/compte/organismes/{clamart}/domaines");
    let (_, confirmed) = tokio::join!(at_once(joining.collect::<Vec<_>>()), camille.post(&path, &[("ours_alone", "oui")]));
    assert_eq!(confirmed.status, 303);
    for person in &people {
        assert!(is_verified(&site, person, clamart).await, "{}", person.email);
    }
    site.letters().await;
}
