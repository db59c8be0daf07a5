//! The list of rights, for their holders and for the team.

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
