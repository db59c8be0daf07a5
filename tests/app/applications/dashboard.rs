//! The list of demandes: what waits first, searches and filters that stand in the address, pages.

use axum::http::StatusCode;
use habilitation::{
    accounts::{Applicant, Person},
    applications::{Step, save_step},
    fields::Fields,
    ids::ApplicationId,
    review::{Ground, approve, refuse, request_changes},
};
use sqlx::{AssertSqlSafe, Executor};

use crate::support::{Answer, TestSite, Visitor, given};

async fn camille(site: &TestSite) -> (Person, Visitor) {
    let camille = given::a_person(site, "camille@clamart.test").await;
    let mut browser = site.visitor();
    browser.sign_in("camille@clamart.test").await;
    (camille, browser)
}

/// A draft whose service has that name.
async fn named(site: &TestSite, by: &Person, name: &str) -> ApplicationId {
    let id = given::a_draft(site, by).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let mut fields = Fields::from_pairs(vec![("service_name".into(), name.into())]);
    let by = Applicant::new(by.clone());
    save_step(&mut transaction, &by, id, Step::Service, &mut fields, 0, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    id
}

fn numbers(page: &Answer) -> Vec<String> {
    let html = scraper::Html::parse_document(&page.html);
    let links = scraper::Selector::parse(".hab-rows a").unwrap();
    html.select(&links).map(|link| link.value().attr("href").unwrap().trim_start_matches("/demandes/").to_owned()).collect()
}

#[tokio::test]
async fn what_waits_for_me_comes_first_then_each_state() {
    let site = TestSite::new().await;
    let (person, mut browser) = camille(&site).await;
    assert!(browser.get("/demandes").await.says("Vous n’avez pas encore de demande"));
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.push(given::a_submitted_application(&site, &person).await);
    }
    let draft = given::a_draft(&site, &person).await;
    let [refused, approved, asked, waiting] = ids[..] else { panic!() };
    let now = site.state.clock.now();
    let mut transaction = site.state.db.begin().await.unwrap();
    refuse(&mut transaction, &nadia, refused, 1, Ground::NotEligible, "un motif".into(), "DINUM", now).await.unwrap();
    approve(&mut transaction, &nadia, approved, 1, String::new(), "DINUM", now).await.unwrap();
    request_changes(&mut transaction, &nadia, asked, 1, "Précisez.".into(), "DINUM", now).await.unwrap();
    transaction.commit().await.unwrap();

    let page = browser.get("/demandes").await;
    let order = [asked, draft, waiting, approved, refused].map(|id| id.0.to_string());
    assert_eq!(numbers(&page), order, "{}", page.text());
    assert!(page.says("2 demandes attendent votre action."));
    for heading in ["À compléter", "Brouillons à finir", "Réponses attendues", "Validées", "Refusées"] {
        assert!(page.says(heading), "{heading}");
    }
    assert_eq!(numbers(&browser.get("/demandes?etat=refused").await), [refused.0.to_string()]);
    let right = browser.get("/demandes?q=H1").await;
    assert_eq!(numbers(&right), [approved.0.to_string()], "by the number of its right: {}", right.text());
    site.letters().await;
}

#[tokio::test]
async fn every_filter_stands_in_the_address_and_can_be_removed() {
    let site = TestSite::new().await;
    let (person, mut browser) = camille(&site).await;
    let canteen = named(&site, &person, "Cantine de l’été").await;
    let library = named(&site, &person, "Bibliothèque 100% numérique").await;
    for (query, found) in [
        ("CANTINE+ete", vec![canteen]),
        ("clamart+biblio", vec![library]),
        ("l%27ETE+cantine", vec![canteen]),
        ("cantine+hiver", vec![]),
        ("100%25", vec![library]),
        ("_", vec![]),
        ("219+200+235+00014", vec![library, canteen]),
        ("219200235", vec![library, canteen]),
        ("D1", vec![canteen]),
        ("H1", vec![]),
        ("lyon", vec![]),
        ("%00", vec![library, canteen]),
    ] {
        let page = browser.get(&format!("/demandes?q={query}")).await;
        let expected: Vec<String> = found.iter().map(|id| id.0.to_string()).collect();
        assert_eq!((page.status, numbers(&page)), (StatusCode::OK, expected), "{query}: {}", page.text());
    }
    let page = browser.get("/demandes?q=cantine&etat=draft&nature=administration&qui=moi&organisme=").await;
    assert_eq!(numbers(&page), [canteen.0.to_string()]);
    let tags: Vec<String> = {
        let html = scraper::Html::parse_document(&page.html);
        let tags = scraper::Selector::parse("a.fr-tag--dismiss").unwrap();
        html.select(&tags).map(|tag| tag.value().attr("href").unwrap().to_owned()).collect()
    };
    assert_eq!(tags.len(), 4, "{}", page.text());
    assert_eq!(tags[0], "/demandes?etat=draft&nature=administration&qui=moi");
    for tag in &tags {
        assert_eq!(browser.get(tag).await.count("a.fr-tag--dismiss"), 3, "{tag}");
    }
    let nothing = browser.get("/demandes?q=cantine&etat=approved").await;
    assert!(nothing.says("Aucune demande ne correspond") && nothing.says("retirez un filtre"), "{}", nothing.text());
    assert_eq!(nothing.attribute("input[name=q]", "value").as_deref(), Some("cantine"), "what was typed stays");
    for odd in ["etat=x", "nature='", "qui=%00", "apres=1-2", "apres=x", "q=%27%22%3Cb%3E", "apres=9-0-0"] {
        assert_eq!(browser.get(&format!("/demandes?{odd}")).await.status, StatusCode::OK, "{odd}");
    }
}

#[tokio::test]
async fn a_vendor_with_sixty_demandes_reads_each_once_page_after_page() {
    let site = TestSite::new().await;
    let (person, mut browser) = camille(&site).await;
    for number in 0..60 {
        let id = given::a_draft(&site, &person).await;
        if number % 3 == 0 {
            given::fill(&site, &person, id).await;
            given::hand_in(&site, &person, id).await;
        }
    }
    let (mut address, mut seen, mut pages) = ("/demandes?q=clamart".to_owned(), Vec::new(), 0);
    loop {
        let page = browser.get(&address).await;
        seen.extend(numbers(&page));
        pages += 1;
        match page.attribute("a[rel=next]", "href") {
            Some(next) => address = next,
            None => break,
        }
    }
    assert_eq!((pages, seen.len()), (3, 60));
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), 60, "each once");
    assert!(browser.get("/demandes").await.says("40 demandes attendent votre action."));
    site.letters().await;
}

#[tokio::test]
async fn nobody_finds_what_is_not_theirs() {
    let site = TestSite::new().await;
    let (person, _) = camille(&site).await;
    given::a_submitted_application(&site, &person).await;
    given::a_person(&site, "malo@rhone.test").await;
    let mut malo = site.visitor();
    malo.sign_in("malo@rhone.test").await;
    for query in ["", "?q=D1", "?q=portail", "?q=219200235", "?qui=collegues", "?etat=submitted", "?apres=0-0-0"] {
        let page = malo.get(&format!("/demandes{query}")).await;
        assert!(page.status == StatusCode::OK && !page.says("Portail familles"), "{query}: {}", page.text());
    }
    site.letters().await;
}

#[tokio::test]
async fn a_withdrawn_demande_is_no_longer_instructed() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    let page = camille.get(&format!("/demandes/{}/retrait", id.0)).await;
    assert_eq!(page.status, StatusCode::OK);
    let done = camille.post(&format!("/demandes/{}/retrait", id.0), &[]).await;
    assert_eq!(done.location(), "/demandes");
    let list = camille.get("/demandes").await;
    assert!(list.says("Retirée") && list.says("est retirée"));
    let again = camille.post(&format!("/demandes/{}/retrait", id.0), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(site.letters().await, ["application_received to camille@clamart.test"], "taking back needs no letter");
}

/// The time a page takes for somebody with thousands of demandes, printed and never judged: `cargo test --test app thousands -- --nocapture`.
#[tokio::test]
async fn thousands_of_demandes_are_listed_in_milliseconds() {
    let site = TestSite::new().await;
    let (person, mut browser) = camille(&site).await;
    let id = named(&site, &person, "Portail").await;
    let many = format!(
        "insert into applications (kind, organisation_id, applicant_id, service_name, start_key, created_at, updated_at)
        select kind, organisation_id, applicant_id, 'Cantine ' || n, gen_random_uuid(), created_at, updated_at - n * interval '1 minute'
        from applications, generate_series(1, 5000) n where id = {}",
        id.0
    );
    site.state.db.acquire().await.unwrap().execute(AssertSqlSafe(many)).await.unwrap();
    for path in ["/demandes", "/demandes?q=cantine+4999", "/demandes?q=clamart&etat=draft"] {
        let mut times = Vec::new();
        for _ in 0..20 {
            let start = std::time::Instant::now();
            assert_eq!(browser.get(path).await.status, StatusCode::OK);
            times.push(start.elapsed());
        }
        times.sort();
        println!("{path}: median {:?}, slowest {:?}", times[10], times[19]);
    }
}
