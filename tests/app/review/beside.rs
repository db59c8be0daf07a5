//! What is read beside a dossier.

use super::team::Scene;
use crate::support::given;

#[tokio::test]
async fn a_dossier_shows_the_others_of_the_same_legal_unit_and_of_the_same_service() {
    let scene = Scene::new().await;
    let mut nadia = scene.browser("nadia@dinum.test").await;
    let alone = nadia.get("/instruction/1").await;
    assert!(alone.says("Aucun autre dossier") && alone.count("#voisins") == 0, "{}", alone.text());
    let camille = given::a_person(&scene.site, "camille@clamart.test").await;
    let second = given::a_submitted_application(&scene.site, &camille).await;
    let elsewhere = given::a_person(&scene.site, "lea@dinum-voisine.test").await;
    let other =
        given::a_draft_for(&scene.site, &elsewhere, "13002526500013", habilitation::applications::Kind::Administration).await.unwrap();
    given::fill(&scene.site, &elsewhere, other).await;
    let unseen = nadia.get("/instruction/1").await;
    assert_eq!(unseen.count("#voisins tbody tr"), 1, "a draft is its applicant's");
    given::hand_in(&scene.site, &elsewhere, other).await;
    let page = nadia.get("/instruction/1").await;
    assert!(page.says("Un autre dossier") && page.says("Même SIREN") && page.says("Même site"), "{}", page.text());
    let links = [second, other].map(|id| format!("#voisins a[href='/instruction/{}']", id.0));
    assert!(links.iter().all(|link| page.count(link) == 1), "each once: {}", page.text());
    scene.site.letters().await;
}

#[tokio::test]
async fn the_register_stands_beside_what_is_declared() {
    let scene = Scene::new().await;
    let page = scene.browser("nadia@dinum.test").await.get("/instruction/1").await;
    assert!(page.says("Registre et déclaration") && page.says("(7210)") && page.count("#organisme .hab-differs") == 0, "{}", page.text());
    scene.site.letters().await;
}
