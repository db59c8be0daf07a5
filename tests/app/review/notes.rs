//! Notes of the team.

use axum::http::StatusCode;
use habilitation::accounts::Role;
use sqlx::Executor;
use time::Duration;

use super::team::Scene;
use crate::support::{Visitor, given};

async fn writes(visitor: &mut Visitor, body: &str) -> (StatusCode, String) {
    let dossier = visitor.get("/instruction/1").await;
    let key = dossier.attribute("#notes input[name=start_key]", "value").unwrap();
    let answer = visitor.post("/instruction/1/notes", &[("note", body), ("start_key", &key)]).await;
    (answer.status, answer.html)
}

#[tokio::test]
async fn a_note_is_read_by_the_team_and_struck_out_by_its_author_for_five_minutes() {
    let scene = Scene::new().await;
    let (mut nadia, mut hugo) = (scene.browser("nadia@dinum.test").await, scene.browser("hugo@dinum.test").await);
    assert_eq!(writes(&mut nadia, "Appelé le DSI.\nMise en service en mars.").await.0, StatusCode::SEE_OTHER);
    assert_eq!(writes(&mut hugo, "Lu.").await.0, StatusCode::SEE_OTHER);
    let page = hugo.get("/instruction/1").await;
    assert!(page.says("Appelé le DSI. Mise en service en mars.") && page.says("a écrit une note"), "{}", page.text());
    assert_eq!(page.count("#notes form[action$=retrait]"), 1, "one's own");
    assert_eq!(hugo.post("/instruction/1/notes/1/retrait", &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(nadia.post("/instruction/1/notes/1/retrait", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(nadia.post("/instruction/1/notes/1/retrait", &[]).await.status, StatusCode::SEE_OTHER, "twice changes nothing");
    let page = hugo.get("/instruction/1").await;
    assert!(page.says("Note retirée par Nadia Rousseau") && !page.says("Appelé le DSI."), "{}", page.text());
    scene.site.state.clock.advance(Duration::minutes(6));
    hugo.sign_in("hugo@dinum.test").await;
    assert_eq!(hugo.get("/instruction/1").await.count("#notes form[action$=retrait]"), 0);
    assert_eq!(hugo.post("/instruction/1/notes/2/retrait", &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(scene.site.letters().await.len(), 2, "nobody is told");
}

#[tokio::test]
async fn a_note_that_says_nothing_or_too_much_is_given_back() {
    let scene = Scene::new().await;
    let mut nadia = scene.browser("nadia@dinum.test").await;
    let long = "à ".repeat(2600);
    let (status, page) = writes(&mut nadia, &long).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains(long.trim_end()) && page.contains("id=\"erreurs\""));
    assert_eq!(writes(&mut nadia, "  ").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let key = ("start_key", "00000000-0000-4000-8000-000000000001");
    for _ in 0..2 {
        assert_eq!(nadia.post("/instruction/1/notes", &[("note", "Une fois."), key]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(nadia.get("/instruction/1").await.count("#notes .hab-lines"), 1, "pressed twice, written once");
}

#[tokio::test]
async fn nobody_notes_anything_about_their_own_organisation() {
    let scene = Scene::new().await;
    given::somebody_with_roles(&scene.site, "leo@dinum.test", &[Role::Reviewer]).await;
    let mut leo = scene.browser("leo@dinum.test").await;
    let key = leo.get("/instruction/1").await.attribute("#notes input[name=start_key]", "value").unwrap();
    assert_eq!(leo.post("/compte/organismes", &[("siret", given::CLAMART)]).await.status, StatusCode::SEE_OTHER);
    let refused = leo.post("/instruction/1/notes", &[("note", "a"), ("start_key", &key)]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(leo.get("/instruction/1").await.count("#notes form"), 0);
}

#[tokio::test]
async fn the_database_keeps_notes_as_they_were_written() {
    let scene = Scene::new().await;
    let mut nadia = scene.browser("nadia@dinum.test").await;
    assert_eq!(writes(&mut nadia, "Telle quelle.").await.0, StatusCode::SEE_OTHER);
    for change in [
        "update review_notes set body = 'autre'",
        "update review_notes set body = null, struck_at = written_at + interval '6 minutes'",
        "delete from review_notes",
    ] {
        assert!(scene.site.state.db.execute(change).await.is_err(), "{change}");
    }
}
