//! What the team sees of the letters before anybody receives them.

use habilitation::accounts::Role;

use crate::support::{TestSite, given};

#[tokio::test]
async fn every_automatic_letter_can_be_read_before_it_leaves() {
    let site = TestSite::new().await;
    given::staff(&site, Role::Observer).await;
    let mut observer = site.visitor();
    observer.sign_in("observer@equipe.test").await;
    let list = observer.get("/instruction/lettres").await;
    assert!(list.says("Accusé de réception (candidature) La demande est déposée, ou une nouvelle version Demandeur"), "{}", list.text());
    let links: Vec<String> = list.html.split("href=\"").filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect();
    let letters: Vec<&String> = links.iter().filter(|link| link.starts_with("/instruction/lettres/")).collect();
    assert!(letters.len() > 27, "every kind, and the variants of some");
    for letter in letters {
        let page = observer.get(letter).await;
        assert_eq!(page.status, 200, "{letter}");
        assert!(page.says("Objet :") && page.says("Guichet des habilitations FranceConnect"), "{letter}");
        assert_eq!(page.count("main form"), 0, "{letter}: nothing is sent from here");
    }
    let refusal = observer.get("/instruction/lettres/application_refused-1").await;
    assert!(refusal.says("Demande D1042 refusée"), "{}", refusal.text());
    assert_eq!(observer.get("/instruction/lettres/rien").await.status, 404);
}
