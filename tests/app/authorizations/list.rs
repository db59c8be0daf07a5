//! The list of rights, for their holders and for the team.

use habilitation::authorizations;
use sqlx::Executor;

use super::{a_right, a_site_with_a_right};
use crate::support::{TestSite, given};

#[tokio::test]
async fn the_team_finds_a_right_by_number_organisation_and_service() {
    let (site, _, _) = a_site_with_a_right().await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    for search in ["H1", "1", "D1", "21920023500014", "219200235", "clamart", "PORTAIL FAM", "pörtâil"] {
        let query: String = url::form_urlencoded::byte_serialize(search.as_bytes()).collect();
        let found = nadia.get(&format!("/habilitations?q={query}")).await;
        assert_eq!(found.count(".hab-rows > li"), 1, "{search}: {}", found.text());
    }
    for (address, what) in [("?q=H2", "another"), ("?q=lyon", "another"), ("?etat=revoked", "an other state"), ("?q=%25", "a sign")] {
        let found = nadia.get(&format!("/habilitations{address}")).await;
        assert_eq!(found.count(".hab-rows > li"), 0, "{what}");
        assert!(found.says("Aucune habilitation ici"), "{}", found.text());
    }
    assert_eq!(nadia.get("/habilitations?etat=active").await.count(".hab-rows > li"), 1);
}

#[tokio::test]
async fn whoever_holds_none_of_it_sees_nothing_of_it() {
    let (site, _, mut camille) = a_site_with_a_right().await;
    assert_eq!(camille.get("/habilitations").await.count(".hab-rows > li"), 1);
    given::a_person(&site, "malo@rhone.test").await;
    let mut malo = site.visitor();
    malo.sign_in("malo@rhone.test").await;
    for address in ["/habilitations", "/habilitations?q=H1", "/habilitations?q=clamart"] {
        let list = malo.get(address).await;
        assert_eq!(list.count(".hab-rows > li"), 0);
        assert!(!list.says("Portail familles"));
    }
}

#[tokio::test]
async fn a_long_list_goes_on_page_by_page_and_nothing_is_cut() {
    let site = TestSite::new().await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    for _ in 0..103 {
        a_right(&site, &nadia).await;
    }
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let (mut address, mut pages) = ("/habilitations".to_owned(), Vec::new());
    loop {
        let page = camille.get(&address).await;
        pages.push(page.count(".hab-rows > li"));
        match page.attribute(".fr-pagination a.fr-btn--icon-right", "href") {
            Some(next) => address = next,
            None => break,
        }
    }
    assert_eq!(pages, [50, 50, 3]);
}

#[tokio::test]
async fn the_list_of_demandes_says_what_became_of_the_right() {
    let (site, right, mut camille) = a_site_with_a_right().await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let page = camille.get("/demandes").await;
    assert!(page.says("L’habilitation est accordée.") && page.count(".fr-badge--error") == 0, "{}", page.text());
    let mut owner = site.database.owner().await;
    for (written, said, badge) in [
        (
            "state = 'suspended', suspended_until = '2027-06-30'",
            "L’habilitation est suspendue depuis le 3 mars 2027, jusqu’au 30 juin 2027.",
            "Habilitation suspendue",
        ),
        ("state = 'revoked', suspended_until = null", "L’habilitation est révoquée depuis le 3 mars 2027.", "Habilitation révoquée"),
    ] {
        let update = format!("update authorizations set {written}, state_changed_at = '2027-03-03 10:00+01'");
        owner.execute(sqlx::AssertSqlSafe(update)).await.unwrap();
        for address in ["/demandes", "/demandes?etat=approved&q=D1"] {
            let page = camille.get(address).await;
            assert!(page.says(said) && page.says(badge) && !page.says("est accordée"), "{}", page.text());
        }
        let dossier = nadia.get("/instruction/1").await;
        assert!(dossier.says(&format!("Validée, {}", badge.to_lowercase())), "{}", dossier.text());
        let follow = camille.get("/demandes/1").await;
        assert!(!follow.says("Vous pouvez installer le bouton"), "{}", follow.text());
    }
    assert!(!authorizations::find(&mut owner, right).await.unwrap().state.is_in_force());
}

#[tokio::test]
async fn a_right_that_ended_is_said_to_have_ended_for_its_holder_only() {
    let (site, right, mut camille) = a_site_with_a_right().await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    a_right(&site, &nadia).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    authorizations::expire(&mut transaction, right, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    let page = camille.get("/demandes").await;
    assert!(page.says("L’habilitation a pris fin le 3 décembre 2026.") && page.says("Habilitation expirée"), "{}", page.text());
    assert!(page.says("L’habilitation est accordée."), "the other one stands: {}", page.text());
}
