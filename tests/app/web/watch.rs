//! What those who run the desk see of it: probes, the log, where flaws are told.

use std::sync::Arc;

use axum::http::StatusCode;
use habilitation::{site::surround, web::Routes};

use super::{header_of, visitor};
use crate::support::{TestSite, Visitor};

#[tokio::test]
async fn the_desk_says_whether_it_may_be_given_visitors() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let answer = visitor.get("/health/ready").await;
    assert_eq!((answer.status, answer.html.as_str()), (StatusCode::OK, r#"{"database":"ready","ready":true}"#));
    let mut owner = site.database.owner().await;
    sqlx::Executor::execute(&mut owner, "update _sqlx_migrations set checksum = 'x' where version = 1").await.unwrap();
    let answer = visitor.get("/health/ready").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.html, r#"{"database":"migrations unknown to this program","ready":false}"#);
    site.state.db.close().await;
    let answer = visitor.get("/health/ready").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.html, r#"{"database":"unreachable","ready":false}"#);
    assert_eq!(visitor.get("/health/live").await.status, StatusCode::OK, "alive all the same");
}

#[tokio::test]
async fn a_database_that_takes_no_writes_gets_no_visitors() {
    let site = TestSite::new().await;
    let mut owner = site.database.owner().await;
    let name: String = sqlx::query_scalar!(r#"select current_database()::text as "name!""#).fetch_one(&mut owner).await.unwrap();
    let read_only = format!("alter database {name} set default_transaction_read_only = on");
    sqlx::Executor::execute(&mut owner, sqlx::AssertSqlSafe(read_only)).await.unwrap();
    let url = site.database.owner_url.clone();
    let mut state = site.state.clone();
    state.db = habilitation::database::connect(&url.into(), 1).await.unwrap();
    let answer = Visitor::new(surround(Routes::new(), state)).get("/health/ready").await;
    assert_eq!((answer.status, answer.html.as_str()), (StatusCode::SERVICE_UNAVAILABLE, r#"{"database":"read-only","ready":false}"#));
}

#[tokio::test]
async fn finders_of_flaws_know_where_to_write() {
    let answer = TestSite::new().await.visitor().get("/.well-known/security.txt").await;
    assert!(header_of(&answer, "content-type").starts_with("text/plain"));
    for line in
        ["Contact: mailto:support.partenaires@franceconnect.gouv.fr", "Expires: 2027-06-01T00:00:00Z", "Canonical: http://localhost:3000/"]
    {
        assert!(answer.html.contains(line), "{}", answer.html);
    }
}

/// What is written while a visitor does something.
#[derive(Clone, Default)]
struct Written(Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_request_is_one_line_without_what_people_typed() {
    let written = Written::default();
    let writer = written.clone();
    let mut visitor = visitor().await;
    // While only one subscriber lives, `tracing` asks the thread that first meets a line whether it is wanted, and other tests' threads
    // say no for all. A second one, deaf, makes it ask them both.
    let _deaf = tracing::Dispatch::new(tracing_subscriber::fmt().with_max_level(tracing::level_filters::LevelFilter::OFF).finish());
    let log = tracing_subscriber::fmt().json().with_max_level(tracing::Level::INFO).with_writer(move || writer.clone()).finish();
    let watching = tracing::subscriber::set_default(log);
    let answer = visitor.get("/essai?email=zoe@mairie.fr").await;
    let lost = visitor.get("/lien/secret-canari").await;
    visitor.post("/essai", &[("nom", "Zoé Canari")]).await;
    drop(watching);
    let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert_eq!(lines[0]["fields"]["route"], "/essai");
    assert_eq!((&lines[0]["fields"]["method"], &lines[0]["fields"]["status"]), (&"GET".into(), &200.into()));
    assert_eq!(lines[0]["span"]["id"], header_of(&answer, "x-request-id"));
    assert_eq!((&lines[1]["fields"]["route"], &lines[1]["span"]["id"]), (&"-".into(), &header_of(&lost, "x-request-id").into()));
    assert_eq!((&lines[2]["fields"]["method"], &lines[2]["fields"]["status"]), (&"POST".into(), &303.into()));
    assert!(!text.contains("zoe@") && !text.contains("anari"), "{text}");
}
