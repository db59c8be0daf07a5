//! Going through a list: pages that stand still, the dossier before and after, the row one comes back to, and who else is there.

use time::Duration;

use super::{LEVELS, Team, numbers};
use crate::support::{Answer, given};

/// So many demandes more, like the first, each a second after the one before.
const MANY: &str = "with more as (
        insert into applications (kind, organisation_id, applicant_id, state, service_name, start_key, created_at, updated_at, received_at, version)
        select kind, organisation_id, applicant_id, state, service_name, gen_random_uuid(), created_at, updated_at,
            received_at + make_interval(secs => number), version
        from applications, generate_series(1, 119) as number where id = 1
        returning id)
    insert into application_versions
        (application_id, number, organisation, content, terms_accepted, dpo_informed, alternative_login, submitted_at, submitted_by, findings)
    select more.id, 1, organisation, content, terms_accepted, dpo_informed, alternative_login, submitted_at, submitted_by, findings
    from more, application_versions where application_id = 1";

fn link(page: &Answer, rel: &str) -> Option<String> {
    page.attribute(&format!(".fr-pagination a[rel={rel}]"), "href")
}

#[tokio::test]
async fn pages_neither_repeat_nor_skip_a_dossier_while_demandes_arrive() {
    let mut team = Team::before(1).await;
    team.write(MANY).await;
    team.write(LEVELS).await;
    team.site.state.clock.advance(Duration::minutes(3));
    let camille = given::a_person(&team.site, "camille@clamart.test").await;
    let mut address = Some("/instruction".to_owned());
    let mut read = Vec::new();
    let mut pages = Vec::new();
    while let Some(asked) = address {
        let page = team.nadia.get(&asked).await;
        read.extend(numbers(&page));
        given::a_submitted_application(&team.site, &camille).await;
        address = link(&page, "next");
        pages.push(numbers(&page));
        if pages.len() == 2 {
            let before = team.nadia.get(&link(&page, "prev").unwrap()).await;
            assert_eq!(numbers(&before), pages[0], "going back shows the same rows");
            assert_eq!(link(&before, "prev"), None);
        }
    }
    assert_eq!(pages.len(), 3);
    assert_eq!(read, (1..=122).collect::<Vec<i64>>(), "each once, in order; what arrived stands at the end");
    assert_eq!(link(&team.nadia.get("/instruction?apres=122").await, "next"), None);
    assert!(team.nadia.get("/instruction?apres=123").await.says("La liste s’arrête ici"));
    assert!(team.nadia.get("/instruction?apres=999999").await.says("La liste s’arrête ici"));
    team.site.letters().await;
}

#[tokio::test]
async fn a_dossier_opened_from_a_list_shows_what_stands_around_it_even_after_it_left_the_list() {
    let mut team = Team::before(4).await;
    team.samir_takes(team.demandes[1]).await;
    let list = team.nadia.get("/instruction?responsable=personne").await;
    assert_eq!(numbers(&list), [1, 3, 4]);
    assert_eq!(list.attribute("#d3 [data-open]", "href").as_deref(), Some("/instruction/3?liste=responsable%3Dpersonne"));
    let dossier = team.nadia.get("/instruction/3?liste=responsable%3Dpersonne").await;
    assert!(dossier.says("2 sur 3"), "{}", dossier.text());
    let around = |page: &Answer| ["prev", "next"].map(|rel| page.attribute(&format!(".hab-place a[rel={rel}]"), "href"));
    let neighbours = [1, 4].map(|id| Some(format!("/instruction/{id}?liste=responsable%3Dpersonne")));
    assert_eq!(around(&dossier), neighbours);
    team.nadia.post("/instruction/3/prise", &[]).await;
    let taken = team.nadia.get("/instruction/3").await;
    assert_eq!(around(&taken), neighbours, "the list is remembered through the acts on the dossier");
    assert_eq!((dossier.count(".hab-place li"), taken.count(".hab-place li")), (3, 2), "it is no longer in the list");
    let back = taken.attribute(".fr-breadcrumb a[href]", "href").unwrap();
    assert_eq!(back, "/instruction?responsable=personne&vu=3#d3");
    let asked = [("outcome", "changes_requested"), ("version", "1"), ("message", "Précisez."), ("suite", "suivant")];
    let next = team.nadia.post("/instruction/3/decision", &asked).await;
    assert_eq!(Some(next.location().to_owned()), neighbours[1], "decided, and on to the next");
    assert!(team.nadia.get(next.location()).await.says("D3 est renvoyée à son demandeur"));
    let decided = team.nadia.get("/instruction/3").await;
    assert!(decided.says("Passer au dossier suivant, D4") && !taken.says("Passer au dossier suivant"), "{}", decided.text());
    team.nadia.get("/instruction/4?liste=responsable%3Dpersonne").await;
    let ended = team.nadia.post("/instruction/4/decision", &asked).await;
    assert_eq!(ended.location(), "/instruction?responsable=personne&vu=4#d4", "after the last one, the list");
    team.site.letters().await;
    assert_eq!(team.samir.get("/instruction/3").await.count(".hab-place nav"), 0, "a list is the way of whoever came by it");
    let seen = team.nadia.get("/instruction?vu=3").await;
    assert_eq!(seen.attribute("tr[aria-current]", "id").as_deref(), Some("d3"));
}

#[tokio::test]
async fn colleagues_are_told_for_a_few_minutes_who_has_a_dossier_before_their_eyes() {
    let mut team = Team::before(1).await;
    team.nadia.get("/instruction/1").await;
    assert!(!team.nadia.get("/instruction/1").await.says("consulte ce dossier"), "not oneself");
    assert!(team.samir.get("/instruction/1").await.says("Nadia Rousseau consulte ce dossier."));
    team.site.state.clock.advance(Duration::minutes(2));
    let stays = team.nadia.post("/instruction/1/presence", &[]).await;
    assert_eq!(stays.html, "Samir Rousseau consulte ce dossier.");
    team.site.state.clock.advance(Duration::minutes(2));
    assert!(team.samir.get("/instruction/1").await.says("Nadia Rousseau consulte ce dossier."), "she stayed");
    team.site.state.clock.advance(Duration::minutes(3));
    assert_eq!(team.nadia.post("/instruction/1/presence", &[]).await.html, "");
    let decided = team.nadia.post("/instruction/1/prise", &[]).await;
    assert_eq!(decided.location(), "/instruction/1", "nobody is ever blocked");
}
