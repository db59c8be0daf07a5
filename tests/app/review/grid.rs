//! The grid: prepared by the checks, decided by a person, each change a fact.

use axum::http::StatusCode;

use super::team::Scene;
use crate::support::{Answer, Visitor};

/// Sends the grid as the page holds it, with other answers to some criteria.
async fn saves(visitor: &mut Visitor, page: &Answer, changed: &[(&str, &str)]) -> Answer {
    let value = |name: &str| page.attribute(&format!("#grille input[name={name}]"), "value").unwrap();
    let (version, seen) = (value("version"), value("seen"));
    let mut fields = vec![("version".to_owned(), version), ("seen".to_owned(), seen)];
    for rule in ["A1", "A2", "A3", "A4", "A5"] {
        let name = format!("grille-{rule}");
        let checked = page.attribute(&format!("input[name={name}][checked]"), "value");
        let wanted = changed.iter().find(|(changed, _)| *changed == name).map(|(_, value)| (*value).to_owned());
        fields.extend(wanted.or(checked).map(|value| (name, value)));
    }
    fields.extend(
        changed.iter().filter(|(name, _)| name.contains("note") || *name == "confirms").map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
    );
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.post("/instruction/1/grille", &pairs).await
}

async fn facts(scene: &Scene) -> Vec<(i32, String, String)> {
    sqlx::query_as("select version, criterion, appraisal from grid_appraisals order by id").fetch_all(&scene.site.state.db).await.unwrap()
}

#[tokio::test]
async fn the_checks_prepare_the_grid_and_a_person_decides_it() {
    let scene = Scene::new().await;
    let mut nadia = scene.browser("nadia@dinum.test").await;
    let page = nadia.get("/instruction/1").await;
    assert_eq!(page.count("input[name=grille-A1][value=met][checked]"), 1, "the register knows Clamart");
    assert_eq!(page.count("input[name=grille-A3][checked]"), 0, "a person alone can tell");
    assert!(page.says("Proposé par les contrôles, pas encore enregistré"));
    let kept = saves(&mut nadia, &page, &[("grille-A5", "unsure"), ("grille-note-A5", "La date de naissance ?")]).await;
    assert_eq!(kept.location(), "/instruction/1#grille", "{}", kept.text());
    let page = nadia.get("/instruction/1").await;
    assert!(page.says("Incertain, Nadia Rousseau, 3 décembre 2026 à 10 h 00") && page.says("La date de naissance ?"), "{}", page.text());
    assert!(page.says("a apprécié"));
    let before = facts(&scene).await.len();
    saves(&mut nadia, &page, &[("grille-note-A5", "La date de naissance ?")]).await;
    assert_eq!(facts(&scene).await.len(), before, "what did not change is no fact");
    let mut hugo = scene.browser("hugo@dinum.test").await;
    let read = hugo.get("/instruction/1").await;
    assert!(read.says("La date de naissance ?") && read.count("#grille form") == 0, "a jurist reads it");
    assert_eq!(hugo.post("/instruction/1/grille", &[]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_note_without_an_answer_is_given_back() {
    let scene = Scene::new().await;
    let mut nadia = scene.browser("nadia@dinum.test").await;
    let page = nadia.get("/instruction/1").await;
    let refused = saves(&mut nadia, &page, &[("grille-note-A3", "Je ne sais pas encore.")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("Je ne sais pas encore.") && refused.says("Choisissez une appréciation"), "{}", refused.text());
    assert!(facts(&scene).await.is_empty());
}

#[tokio::test]
async fn whoever_saves_second_is_told_who_appraised_the_same_criterion() {
    let scene = Scene::new().await;
    let (mut nadia, mut samir) = (scene.browser("nadia@dinum.test").await, scene.browser("samir@dinum.test").await);
    let (hers, his) = (nadia.get("/instruction/1").await, samir.get("/instruction/1").await);
    assert_eq!(saves(&mut nadia, &hers, &[("grille-A5", "not_met")]).await.status, StatusCode::SEE_OTHER);
    let late = saves(&mut samir, &his, &[("grille-A5", "met"), ("grille-note-A5", "Tout est justifié.")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says("Nadia Rousseau a apprécié le critère A5 « Non rempli »") || late.says("« Non rempli »"), "{}", late.text());
    assert!(late.says("Tout est justifié."), "what he typed is kept");
    let fresh = samir.get("/instruction/1").await;
    assert_eq!(saves(&mut samir, &fresh, &[("grille-A5", "met")]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_was_appraised_is_carried_to_the_next_version_and_said_to_be() {
    let scene = Scene::new().await;
    let mut nadia = scene.browser("nadia@dinum.test").await;
    let page = nadia.get("/instruction/1").await;
    saves(&mut nadia, &page, &[("grille-A5", "met")]).await;
    scene.hands_in_again().await;
    let stale = saves(&mut nadia, &page, &[("grille-A5", "unsure")]).await;
    assert!(stale.status == StatusCode::CONFLICT && stale.says("version 2"), "{}", stale.text());
    let carried = nadia.get("/instruction/1").await;
    assert!(carried.says("Appréciée sur la version 1 : Rempli"), "{}", carried.text());
    assert_eq!(saves(&mut nadia, &carried, &[("confirms", "oui")]).await.status, StatusCode::SEE_OTHER);
    assert!(!nadia.get("/instruction/1").await.says("Appréciée sur la version 1"));
    let last = facts(&scene).await;
    assert!(last.contains(&(1, "A5".into(), "met".into())) && last.contains(&(2, "A5".into(), "met".into())), "{last:?}");
    scene.site.letters().await;
}
