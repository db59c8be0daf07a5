//! Opening the database: who migrates, who may serve, which schema is refused.

use habilitation::{
    config::Config,
    database::{Database, MIGRATOR, Schema, SchemaState, schema_state},
};
use secrecy::{ExposeSecret, SecretString};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, PgConnection, postgres::PgConnectOptions};
use uuid::Uuid;

use crate::support::TestDatabase;

/// Settings that name that database, for the desk and its owner.
fn settings(database: &TestDatabase, public_url: &str) -> Config {
    let desk = database.desk.connect_options().to_url_lossy().to_string();
    Config {
        public_url: public_url.into(),
        database_url: Some(desk.into()),
        migration_database_url: Some(database.owner_url.as_str().into()),
        database_connections: 2,
        ..Config::defaults()
    }
}

const PRODUCTION: &str = "https://guichet.example.fr";
const WORKSHOP: &str = "http://localhost:3000";

async fn refusal(config: &Config, schema: Schema) -> String {
    format!("{:#}", Database::open(config, schema).await.unwrap_err())
}

/// The same server's addresses, on a database without a single table.
async fn on_an_empty_database(config: Config, owner: &mut PgConnection) -> Config {
    let name = format!("test_{}", Uuid::new_v4().simple());
    owner.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    let moved = |url: Option<SecretString>| {
        let options: PgConnectOptions = url?.expose_secret().parse().unwrap();
        Some(SecretString::from(options.database(&name).to_url_lossy().to_string()))
    };
    Config { database_url: moved(config.database_url), migration_database_url: moved(config.migration_database_url), ..config }
}

#[tokio::test]
async fn several_programs_that_start_together_migrate_once_and_all_serve() {
    let database = TestDatabase::new().await;
    let config = on_an_empty_database(settings(&database, PRODUCTION), &mut database.owner().await).await;
    let start = || async {
        let database = Database::open(&config, Schema::BroughtUpToDate).await.unwrap();
        let mut desk = database.desk.acquire().await.unwrap();
        assert_eq!(schema_state(&mut desk).await.unwrap(), SchemaState::UpToDate);
        assert!(desk.execute("select from applications").await.is_ok(), "the desk may read");
        assert!(desk.execute("delete from journal").await.is_err(), "and not rewrite");
        drop(desk);
        database.close().await.unwrap();
    };
    tokio::join!(start(), start(), start(), start());
}

#[tokio::test]
async fn production_does_not_serve_as_the_owner_and_a_workshop_may() {
    let database = TestDatabase::new().await;
    let as_owner = |public_url| Config {
        database_url: Some(database.owner_url.as_str().into()),
        migration_database_url: None,
        ..settings(&database, public_url)
    };
    let said = refusal(&as_owner(PRODUCTION), Schema::BroughtUpToDate).await;
    assert!(said.contains("in production the desk serves as a role of its own"), "{said}");
    assert!(!said.contains("postgres://"), "no address is shown: {said}");
    let opened = Database::open(&as_owner(WORKSHOP), Schema::BroughtUpToDate).await.unwrap();
    assert!(opened.owner().connect().await.unwrap().is_some(), "the owner's address is then the desk's");
    opened.close().await.unwrap();
}

#[tokio::test]
async fn a_schema_that_is_behind_waits_for_its_owner() {
    let database = TestDatabase::new().await;
    let config = on_an_empty_database(settings(&database, PRODUCTION), &mut database.owner().await).await;
    let without_owner = Config { migration_database_url: None, ..config.clone() };
    for schema in [Schema::BroughtUpToDate, Schema::UpToDate] {
        let said = refusal(&without_owner, schema).await;
        assert!(said.contains("have not been run") && said.contains("MIGRATION_DATABASE_URL"), "{said}");
    }
    Database::open(&without_owner, Schema::AsItIs).await.unwrap().close().await.unwrap();
    Database::open(&config, Schema::BroughtUpToDate).await.unwrap().close().await.unwrap();
    Database::open(&without_owner, Schema::UpToDate).await.unwrap().close().await.unwrap();
}

#[tokio::test]
async fn a_schema_of_another_program_is_refused_in_a_clear_line() {
    let newest = MIGRATOR.iter().map(|migration| migration.version).max().unwrap();
    for (done, expected) in [
        (
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'later', true, '', 0)",
            format!("brought to migration 9999 by a later version of this program, which knows migrations up to {newest}"),
        ),
        ("update _sqlx_migrations set checksum = '' where version = 2", "migration 2 is not the one that was run".to_owned()),
    ] {
        let database = TestDatabase::new().await;
        database.owner().await.execute(done).await.unwrap();
        for schema in [Schema::BroughtUpToDate, Schema::UpToDate] {
            let said = refusal(&settings(&database, WORKSHOP), schema).await;
            assert!(said.contains(&expected), "{said}");
        }
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_named_by_its_variable() {
    let database = TestDatabase::new().await;
    let nowhere = Some(SecretString::from("postgres://desk:secret-of-desk@127.0.0.1:9/habilitation"));
    for (config, expected) in [
        (Config { database_url: nowhere.clone(), ..settings(&database, WORKSHOP) }, "(DATABASE_URL) does not answer"),
        (Config { migration_database_url: nowhere.clone(), ..settings(&database, WORKSHOP) }, "(MIGRATION_DATABASE_URL) does not answer"),
    ] {
        let said = refusal(&config, Schema::BroughtUpToDate).await;
        assert!(said.contains(expected) && !said.contains("secret-of"), "{said}");
    }
}
