//! How long a session lasts, and what ends it.

use habilitation::{accounts::Role, web::session::SessionKey};
use time::Duration;

use super::{count, is_signed_in};
use crate::support::{TestSite, given};

#[tokio::test]
async fn a_visitor_who_only_reads_has_neither_cookie_nor_row() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    for path in ["/connexion", "/inscription", "/mot-de-passe-oublie", "/compte"] {
        assert!(visitor.get(path).await.headers.get("set-cookie").is_none(), "{path}");
    }
    visitor.post("/connexion", &[("email", "a@b.test"), ("password", "x")]).await;
    assert_eq!(count(&site, "select count(*) from sessions").await, 0);
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    given::staff(&site, Role::Observer).await;
    for (email, minutes) in [("camille@clamart.test", 30), ("observer@equipe.test", 15)] {
        let mut visitor = site.visitor();
        visitor.sign_in(email).await;
        for _ in 0..3 {
            site.state.clock.advance(Duration::minutes(minutes) - Duration::SECOND);
            assert!(is_signed_in(&mut visitor).await, "{email}");
        }
        site.state.clock.advance(Duration::minutes(minutes));
        assert!(!is_signed_in(&mut visitor).await, "{email}");
        assert!(visitor.cookie("session").is_none(), "the cookie of an ended session is removed");
    }
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_busy() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut visitor = site.visitor();
    visitor.sign_in("camille@clamart.test").await;
    for _ in 0..35 {
        site.state.clock.advance(Duration::minutes(20));
        assert!(is_signed_in(&mut visitor).await);
    }
    site.state.clock.advance(Duration::minutes(20));
    assert!(!is_signed_in(&mut visitor).await);
}

#[tokio::test]
async fn a_number_planted_before_signing_in_opens_nothing() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    given::a_person(&site, "malo@ailleurs.test").await;
    let mut stranger = site.visitor();
    stranger.sign_in("malo@ailleurs.test").await;
    let planted = stranger.cookie("session").unwrap().to_owned();
    for planted in [planted.as_str(), "AAAAAAAAAAAAAAAAAAAAAA"] {
        let mut victim = site.visitor();
        victim.plant_cookie("session", planted);
        victim.sign_in("camille@clamart.test").await;
        assert_ne!(victim.cookie("session"), Some(planted));
        assert!(is_signed_in(&mut victim).await);
        let mut thief = site.visitor();
        thief.plant_cookie("session", planted);
        assert!(!is_signed_in(&mut thief).await);
    }
}

#[tokio::test]
async fn a_copy_of_the_table_opens_nothing() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut visitor = site.visitor();
    visitor.sign_in("camille@clamart.test").await;
    let number = visitor.cookie("session").unwrap().to_owned();
    assert!(number.len() >= 22, "128 bits");
    let row: String = sqlx::query_scalar("select sessions::text from sessions").fetch_one(&site.state.db).await.unwrap();
    assert!(!row.contains(&number));
    let hash: Vec<u8> = sqlx::query_scalar("select id_hash from sessions").fetch_one(&site.state.db).await.unwrap();
    let mut thief = site.visitor();
    for cookie in [hex::encode(&hash), hex::encode(&hash[..16]), number[..21].to_owned(), String::new(), "x".repeat(5000)] {
        thief.plant_cookie("session", &cookie);
        assert!(!is_signed_in(&mut thief).await);
    }
}

#[tokio::test]
async fn the_last_request_is_written_once_a_minute() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut visitor = site.visitor();
    visitor.sign_in("camille@clamart.test").await;
    let start = site.state.clock.now();
    let seen = async || -> time::OffsetDateTime {
        sqlx::query_scalar("select last_seen_at from sessions").fetch_one(&site.state.db).await.unwrap()
    };
    site.state.clock.advance(Duration::seconds(59));
    assert!(visitor.get("/compte").await.headers.get("set-cookie").is_none(), "reading writes no cookie");
    assert_eq!(seen().await, start);
    site.state.clock.advance(Duration::SECOND);
    visitor.get("/compte").await;
    assert_eq!(seen().await, start + Duration::MINUTE);
}

#[tokio::test]
async fn a_suspended_account_or_a_lost_role_counts_at_the_very_next_request() {
    let site = TestSite::new().await;
    given::staff(&site, Role::Reviewer).await;
    let mut visitor = site.visitor();
    visitor.sign_in("reviewer@equipe.test").await;
    assert_eq!(visitor.get("/connexion").await.location(), "/instruction");
    sqlx::query_scalar::<_, i64>("delete from account_roles").fetch_optional(&site.state.db).await.unwrap();
    assert_eq!(visitor.get("/connexion").await.location(), "/demandes");
    sqlx::query_scalar::<_, i64>("update accounts set disabled_at = now()").fetch_optional(&site.state.db).await.unwrap();
    assert!(!is_signed_in(&mut visitor).await);
    sqlx::query_scalar::<_, i64>("update accounts set disabled_at = null").fetch_optional(&site.state.db).await.unwrap();
    assert!(!is_signed_in(&mut visitor).await, "the session does not come back with the account");
}

#[tokio::test]
async fn a_late_request_does_not_bring_back_a_session() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut visitor = site.visitor();
    visitor.sign_in("camille@clamart.test").await;
    let layer_store = {
        use tower_sessions::{
            SessionStore,
            session::{Id, Record},
        };
        let store = habilitation::web::session::DeskSessions::new(site.state.db.clone(), site.state.clock.clone());
        let id: Id = visitor.cookie("session").unwrap().parse().unwrap();
        let record: Record = store.load(&id).await.unwrap().unwrap();
        visitor.post("/deconnexion", &[]).await;
        store.save(&record).await.unwrap();
        store.load(&id).await.unwrap()
    };
    assert!(layer_store.is_none());
    assert_eq!(count(&site, "select count(*) from sessions").await, 0);
}

#[tokio::test]
async fn everybody_sees_and_ends_their_own_sessions_and_no_other() {
    let site = TestSite::new().await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    given::a_person(&site, "malo@ailleurs.test").await;
    let (mut here, mut there, mut elsewhere, mut malo) = (site.visitor(), site.visitor(), site.visitor(), site.visitor());
    here.sign_in("camille@clamart.test").await;
    there.sign_in("camille@clamart.test").await;
    elsewhere.sign_in("camille@clamart.test").await;
    malo.sign_in("malo@ailleurs.test").await;
    let page = here.get("/compte/sessions").await;
    assert_eq!(page.count("tbody tr"), 3);
    assert_eq!(page.count("tbody form"), 2);
    assert!(page.says("Cette session"));
    let key = |visitor: &crate::support::Visitor| {
        SessionKey::of(visitor.cookie("session").unwrap().parse::<tower_sessions::session::Id>().unwrap()).to_string()
    };

    let answer = here.post("/compte/sessions", &[("session", &key(&malo))]).await;
    assert!(here.get(answer.location()).await.says("Aucune autre session n’était ouverte"));
    assert!(is_signed_in(&mut malo).await);
    assert_eq!(here.post("/compte/sessions", &[("session", "n’importe quoi")]).await.status, 404);

    let answer = here.post("/compte/sessions", &[("session", &key(&there))]).await;
    assert!(here.get(answer.location()).await.says("Une session est fermée"));
    assert!(!is_signed_in(&mut there).await);
    assert!(is_signed_in(&mut elsewhere).await);

    here.post("/compte/sessions", &[]).await;
    assert!(!is_signed_in(&mut elsewhere).await);
    assert!(is_signed_in(&mut here).await);
    assert_eq!(here.get("/compte/sessions").await.count("tbody tr"), 1);
    let ended: Vec<serde_json::Value> =
        sqlx::query_scalar("select details from journal where event = 'sessions_ended' and account_id = $1 order by id")
            .bind(camille.account)
            .fetch_all(&site.state.db)
            .await
            .unwrap();
    assert_eq!(ended, [serde_json::json!({"count": 1}), serde_json::json!({"count": 1})]);
}

#[tokio::test]
async fn without_a_database_a_signed_in_person_is_told_to_come_back() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut visitor = site.visitor();
    visitor.sign_in("camille@clamart.test").await;
    site.state.db.close().await;
    let answer = visitor.get("/compte").await;
    assert_eq!(answer.status, 503);
    assert!(answer.headers.contains_key("retry-after"));
    assert!(visitor.cookie("session").is_some(), "nobody is signed out by a failure of ours");
    assert_eq!(site.visitor().get("/connexion").await.status, 200, "pages that need nothing still open");
}
