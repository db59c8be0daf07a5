//! The private PostgreSQL: what it keeps, whom it lets in, what it says when it cannot be.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use habilitation::database::embedded::{Embedded, Options, Upkeep};
use secrecy::ExposeSecret;
use sqlx::{Connection, Executor, PgConnection};
use tokio::time::sleep;
use uuid::Uuid;

/// A directory of its own, removed at the end.
struct Directory(PathBuf);

impl Directory {
    /// In /tmp, which the user who runs PostgreSQL can reach wherever the sources lie.
    fn new() -> Self {
        Self(Path::new("/tmp").join(format!("habilitation-test-{}", Uuid::new_v4().simple())))
    }

    fn options(&self) -> Options {
        Options { directory: self.0.join("postgres"), programs: None, upkeep: Upkeep::Kept }
    }

    async fn start(&self) -> Embedded {
        Embedded::start(self.options()).await.unwrap()
    }

    async fn refusal(&self, options: Options) -> String {
        format!("{:#}", Embedded::start(options).await.unwrap_err())
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn as_owner(server: &Embedded) -> PgConnection {
    PgConnection::connect(server.owner_url().expose_secret()).await.unwrap()
}

#[tokio::test]
async fn what_is_written_survives_a_stop_and_what_a_crash_leaves_behind() {
    let directory = Directory::new();
    let server = directory.start().await;
    let mut owner = as_owner(&server).await;
    owner.execute("create table kept (word text); insert into kept values ('gardé')").await.unwrap();
    owner.close().await.unwrap();
    server.stop().await.unwrap();
    let data = directory.0.join("postgres/data");
    assert!(!data.join("postmaster.pid").exists(), "it was stopped cleanly");
    // After a crash the number in these files may have become another program's: here, this one's.
    for left_behind in [data.join("postmaster.pid"), directory.0.join("postgres/.s.PGSQL.5432.lock")] {
        fs::write(left_behind, format!("{}\n{}\n1\n5432\n", std::process::id(), data.display())).unwrap();
    }
    let server = directory.start().await;
    let mut owner = as_owner(&server).await;
    owner.execute("insert into kept values ('gardé aussi')").await.unwrap();
    assert_eq!(owner.execute("delete from kept").await.unwrap().rows_affected(), 2);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn the_desk_works_there_without_the_rights_of_the_owner() {
    let directory = Directory::new();
    let server = directory.start().await;
    let mut desk = PgConnection::connect(server.desk_url().expose_secret()).await.unwrap();
    assert!(desk.execute("create table mine (id integer)").await.is_err());
    assert!(desk.execute("create role another").await.is_err());
    assert!(server.owner_url().expose_secret().contains("host="), "only by its socket");
    drop(desk);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_program_is_a_guest_then_the_heir() {
    let directory = Directory::new();
    let (first, second) = tokio::join!(directory.start(), directory.start());
    as_owner(&first).await.execute("create table shared (id integer)").await.unwrap();
    as_owner(&second).await.execute("select from shared").await.unwrap();
    // Which of the two is the host is for the lock to say: the one that leaves first must not take the other's server away for long.
    first.stop().await.unwrap();
    let mut found = false;
    for _ in 0..200 {
        if let Ok(mut owner) = PgConnection::connect(second.owner_url().expose_secret()).await {
            found = owner.execute("select from shared").await.is_ok();
        }
        if found {
            break;
        }
        sleep(Duration::from_millis(25)).await;
    }
    assert!(found);
    second.stop().await.unwrap();
}

#[tokio::test]
async fn a_test_s_data_is_wiped_and_kept_data_is_not() {
    let directory = Directory::new();
    for upkeep in [Upkeep::Throwaway, Upkeep::Throwaway, Upkeep::Kept] {
        let server = Embedded::start(Options { upkeep, ..directory.options() }).await.unwrap();
        let made = as_owner(&server).await.execute("create table made (id integer)").await;
        assert_eq!(made.is_ok(), upkeep == Upkeep::Throwaway);
        server.stop().await.unwrap();
    }
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_is_no_obstacle() {
    let directory = Directory::new();
    let long = directory.0.join("un-nom-assez-long-pour-que-le-chemin-de-la-prise-dépasse".repeat(2)).join("postgres");
    let server = Embedded::start(Options { directory: long, upkeep: Upkeep::Throwaway, ..directory.options() }).await.unwrap();
    let sockets = server.sockets().to_path_buf();
    as_owner(&server).await.close().await.unwrap();
    server.stop().await.unwrap();
    assert!(sockets.starts_with("/run") || sockets.starts_with("/tmp"));
    fs::remove_dir_all(sockets).unwrap();
}

#[tokio::test]
async fn what_cannot_be_is_said_with_what_to_do() {
    let directory = Directory::new();
    let empty = directory.0.join("empty");
    fs::create_dir_all(&empty).unwrap();
    let said = directory.refusal(Options { programs: Some(empty), ..directory.options() }).await;
    assert!(said.contains("(PG_BINDIR) does not hold the programs") && said.contains("DATABASE_URL"), "{said}");

    fs::create_dir_all(directory.0.join("postgres/data")).unwrap();
    fs::write(directory.0.join("postgres/data/PG_VERSION"), "9\n").unwrap();
    let said = directory.refusal(directory.options()).await;
    assert!(said.contains("the data was made by PostgreSQL 9") && said.contains("apt install postgresql-9"), "{said}");

    fs::write(directory.0.join("file"), "").unwrap();
    let said = directory.refusal(Options { directory: directory.0.join("file/postgres"), ..directory.options() }).await;
    assert!(said.contains("cannot be written") && said.contains("DATA_DIR"), "{said}");
}
