//! A database for each test, copied from one that was migrated once.

use std::{path::Path, str::FromStr};

use habilitation::database::{
    self,
    embedded::{Embedded, Options, Upkeep},
};
use secrecy::{ExposeSecret, SecretString};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, PgPool, postgres::PgConnectOptions};
use tokio::sync::OnceCell;
use uuid::Uuid;

const DESK_ROLE: &str = "habilitation_desk";

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
/// The server of this test program when nobody names another: it stops with it.
static SERVER: OnceCell<Embedded> = OnceCell::const_new();

/// One test's database, reached as the desk's own role and as the owner.
#[derive(Debug)]
pub struct TestDatabase {
    /// As the desk.
    pub desk: PgPool,
    /// As the owner, for what the desk may not do.
    pub owner_url: String,
}

impl TestDatabase {
    /// A fresh database, migrated, empty.
    pub async fn new() -> Self {
        let template = TEMPLATE.get_or_init(make_template).await;
        let name = format!("test_{}", Uuid::new_v4().simple());
        let mut server = connect("postgres").await;
        server.execute(AssertSqlSafe(format!("create database {name} template {template}"))).await.unwrap();
        server.close().await.unwrap();
        let options = PgConnectOptions::from_str(&server_url().await).unwrap().database(&name);
        let owner_url = options.to_url_lossy().to_string();
        let desk_url = options.username(DESK_ROLE).to_url_lossy().to_string();
        let desk = database::connect(&SecretString::from(desk_url), 8).await.unwrap();
        Self { desk, owner_url }
    }

    /// A connection as the owner.
    pub async fn owner(&self) -> PgConnection {
        PgConnection::connect(&self.owner_url).await.unwrap()
    }
}

async fn make_template() -> String {
    let name = format!("template_{}", Uuid::new_v4().simple());
    let mut server = connect("postgres").await;
    // Two test programs may start together: the role may already be there.
    let role = format!("do $$ begin create role {DESK_ROLE} login; exception when duplicate_object or unique_violation then null; end $$");
    server.execute(AssertSqlSafe(role)).await.unwrap();
    server.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    let mut owner = connect(&name).await;
    database::migrate(&mut owner, Some(DESK_ROLE)).await.unwrap();
    owner.close().await.unwrap();
    name
}

async fn connect(database: &str) -> PgConnection {
    PgConnectOptions::from_str(&server_url().await).unwrap().database(database).connect().await.unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test server that already runs is named there")]
async fn server_url() -> String {
    match std::env::var("TEST_DATABASE_URL") {
        Ok(url) => url,
        Err(_) => SERVER.get_or_init(start_server).await.server_url().expose_secret().to_owned(),
    }
}

async fn start_server() -> Embedded {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("test-postgres");
    Embedded::start(Options { directory, programs: None, upkeep: Upkeep::Throwaway }).await.unwrap()
}
