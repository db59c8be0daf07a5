//! Candidatures of the queue, by the place they have or wait for.

use habilitation::{
    accounts::Applicant,
    criteria::Sector,
    experimentation::Campaign,
    ids::ApplicationId,
    participation::give_back,
    review::queue::{self, Filter, Reading, Today},
};

use super::numbers;
use crate::{
    experimentation::places::a_second,
    support::{TestSite, Visitor, given, participants::Deciders, private},
};

/// A campaign of one place, which is granted to Hélène's candidature; Yves's waits; Camille's demande has nothing to do with it.
async fn one_place() -> (TestSite, Visitor, [ApplicationId; 2]) {
    let site = TestSite::new().await;
    private::announce(&site, &Campaign { capacity: 1, ..private::campaign() }).await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    given::a_submitted_application(&site, &camille).await;
    let helene = given::a_person(&site, "helene@asso.test").await;
    let (granted, _) = Deciders::new(&site).await.grant(&site, &helene, private::ASSOCIATION, Sector::Education).await;
    let (_, waiting) = a_second(&site).await;
    site.letters().await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    (site, nadia, [granted, waiting])
}

async fn listed(nadia: &mut Visitor, query: &str) -> Vec<i64> {
    numbers(&nadia.get(&format!("/instruction?{query}")).await)
}

#[tokio::test]
async fn who_waits_for_a_place_is_listed_and_nobody_else_and_each_row_says_where_it_stands() {
    let (site, mut nadia, [granted, waiting]) = one_place().await;
    let page = nadia.get("/instruction?place=en-attente").await;
    assert_eq!(numbers(&page), [waiting.0]);
    assert_eq!((page.count("tbody tr"), page.count("input[name=d]"), page.count("#confier-a")), (1, 1, 1), "{}", page.text());
    assert!(page.says("Éducation et enseignement supérieur En attente d’une place"), "{}", page.text());
    assert_eq!(page.attribute("#place option[selected]", "value").as_deref(), Some("en-attente"));
    assert_eq!(page.attribute(".fr-tag--dismiss", "href").as_deref(), Some("/instruction"), "it is taken away as the others are");
    let page = nadia.get("/instruction?place=accordee").await;
    assert_eq!(numbers(&page), [granted.0], "among what is decided, without having to ask for it");
    assert!(!page.says("trop longue pour être comptée"), "{}", page.text());
    assert_eq!((page.count(".hab-pick"), page.count("#confier-a")), (0, 0), "what is decided is entrusted to nobody");
    let page = nadia.get("/instruction?place=reservee").await;
    assert!(page.says("Aucun dossier ici") && numbers(&page).is_empty(), "{}", page.text());
    assert_eq!(listed(&mut nadia, "etat=toutes").await.len(), 3);
    assert_eq!(listed(&mut nadia, "place=en-attente&secteur=sante").await, [0; 0]);
    assert_eq!(listed(&mut nadia, "place=accordee&etat=sans-decision").await, [0; 0]);

    let mut transaction = site.state.db.begin().await.unwrap();
    let helene = Applicant::new(given::a_person(&site, "helene@asso.test").await);
    give_back(&mut transaction, &helene, granted, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(listed(&mut nadia, "place=reservee").await, [waiting.0], "the place went on");
    assert_eq!(listed(&mut nadia, "place=accordee").await, [0; 0]);
    let all = nadia.get("/instruction?etat=toutes").await;
    assert!(all.says("Place réservée") && all.says("Place rendue"), "{}", all.text());
    site.letters().await;
}

#[tokio::test]
async fn a_list_by_place_is_counted_saved_taken_along_and_exported() {
    let (site, mut nadia, [granted, waiting]) = one_place().await;
    let mut connection = site.state.db.acquire().await.unwrap();
    let reader = given::a_reviewer(&site, "nadia@dinum.test").await.person().account;
    let reading = Reading::new(reader, Today::at(site.state.clock.now(), 10));
    for (query, count) in [("place=en-attente", Some(1)), ("place=accordee", Some(1)), ("place=reservee", Some(0)), ("etat=toutes", None)] {
        assert_eq!(queue::count(&mut connection, &Filter::parse(query), reading, None).await.unwrap(), count, "{query}");
    }
    let saved = nadia.post("/instruction/vues", &[("name", "Sans place"), ("liste", "place=en-attente&apres=7")]).await;
    assert_eq!(saved.location(), "/instruction?place=en-attente");
    let page = nadia.get("/instruction").await;
    assert_eq!(page.attribute(".hab-presets li:last-child a", "href").as_deref(), Some("/instruction?place=en-attente"));
    let list = nadia.get("/instruction?place=en-attente").await;
    let dossier = nadia.get(&list.attribute("a[data-open]", "href").unwrap()).await;
    assert!(dossier.says("1 sur 1"), "{}", dossier.text());
    let link = list.attribute("a[href^='/instruction/export']", "href").unwrap();
    assert!(nadia.get(&link).await.says("En attente d’une place"), "what is exported is said in words");
    let file = nadia.post("/instruction/export", &[("liste", "place=en-attente"), ("format", "csv")]).await;
    let lines: Vec<&str> = file.html.lines().collect();
    assert_eq!(lines.len(), 2, "{}", file.html);
    assert!(lines[1].starts_with(&format!("{waiting};")) && lines[1].ends_with(";En attente d’une place"), "{}", lines[1]);
    let file = nadia.post("/instruction/export", &[("liste", "place=accordee"), ("format", "csv")]).await;
    assert!(file.html.contains(&format!("\n{granted};")) && !file.html.contains(&format!("\n{waiting};")), "{}", file.html);
    site.letters().await;
}
