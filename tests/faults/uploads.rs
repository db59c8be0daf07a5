//! Files sent to a program that is killed, over a line that breaks, to a disk that is full.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use habilitation::{applications, attachments, clock::Clock};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinSet,
    time::sleep,
};

use crate::{
    browser::{Browser, Lost},
    desk::Place,
    given::{self, Draft},
};

/// How often the program is killed.
const ROUNDS: usize = 8;

/// Browsers that send files in a round, each to a demande of its own.
const AT_ONCE: usize = 8;

/// Files each of them sends, one after the other, until the program is killed.
const EACH: usize = 6;

/// A document of half a megabyte that no other is the same as.
fn a_document(number: usize) -> Vec<u8> {
    let filling = format!("{number:08}").repeat(60_000);
    [b"%PDF-1.7\n%", filling.as_bytes(), b"\ntrailer << /Root 1 0 R >>\n%%EOF\n"].concat()
}

fn address(draft: &Draft) -> String {
    format!("/demandes/{}/service/fichiers", draft.id.0)
}

/// Rows of files, and objects of the storage, with what a cut writing left.
async fn count(connection: &mut PgConnection, files: &Path) -> (usize, usize) {
    let rows: i64 = sqlx::query_scalar("select count(*) from attachments").fetch_one(connection).await.unwrap();
    (usize::try_from(rows).unwrap(), fs::read_dir(files).unwrap().count())
}

async fn send_all(applicants: &[Browser], drafts: &[Draft], round: usize) -> (Vec<(Draft, Vec<u8>)>, usize) {
    let mut clients = JoinSet::new();
    for (number, draft) in drafts.iter().copied().enumerate() {
        let mut tabs: Vec<Browser> = applicants.iter().map(Browser::another_tab).collect();
        clients.spawn(async move {
            let mut sent = Vec::new();
            for file in 0..EACH {
                let bytes = a_document((round * AT_ONCE + number) * EACH + file);
                let name = format!("document-{round}-{number}-{file}.pdf");
                let answer = draft.owner(&mut tabs).send_file(&address(&draft), "mockups", &name, &bytes).await;
                let ended = answer.is_err();
                sent.push((draft, answer, bytes));
                if ended {
                    break;
                }
            }
            sent
        });
    }
    let (mut joined, mut lost) = (Vec::new(), 0);
    for (draft, answer, bytes) in clients.join_all().await.into_iter().flatten() {
        match answer {
            Ok(answer) => {
                assert_eq!(answer.status, 200, "{}", answer.body);
                joined.push((draft, bytes));
            }
            Err(Lost::Hung) => panic!("a request hung"),
            Err(_) => lost += 1,
        }
    }
    (joined, lost)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_killed_while_files_come_in_leaves_no_orphan_once_swept() {
    let place = Place::new().await;
    let mut desk = place.open().await;
    let mut applicants = given::applicants(&desk).await;
    let drafts = given::complete_drafts(&place, AT_ONCE).await;
    let (mut answered, mut lost) = (Vec::new(), 0);
    for round in 0..ROUNDS {
        let killer = async {
            sleep(Duration::from_millis(rand::random_range(100..5_000))).await;
            desk.kill();
        };
        let (sent, ()) = tokio::join!(send_all(&applicants, &drafts, round), killer);
        answered.extend(sent.0);
        lost += sent.1;
        desk.assert_calm();
        desk = place.serve(&[]);
        desk.ready().await;
        given::move_to(&mut applicants, &desk);
        // Room for the next round.
        let removed = "update attachments set place = null, removed_at = now() where place is not null";
        sqlx::raw_sql(removed).execute(&mut place.owner().await).await.unwrap();
    }
    let mut connection = place.owner().await;
    let storage = place.storage();
    let before = count(&mut connection, &place.files()).await;
    let swept = attachments::sweep(&mut connection, &storage, Clock::System.now() + time::Duration::hours(2)).await.unwrap();
    let after = count(&mut connection, &place.files()).await;
    println!(
        "kill -9 in uploads: {ROUNDS} kills, {} files answered, {lost} lost; {} rows, {} objects, {swept} orphans swept, then {} rows, {} objects",
        answered.len(),
        before.0,
        before.1,
        after.0,
        after.1
    );
    assert_eq!(after.0, after.1, "no orphan, no row without its bytes");
    for (draft, bytes) in &answered {
        let object: Option<uuid::Uuid> = sqlx::query_scalar("select object_id from attachments where application_id = $1 and sha256 = $2")
            .bind(draft.id.0)
            .bind(Sha256::digest(bytes).to_vec())
            .fetch_optional(&mut connection)
            .await
            .unwrap();
        assert_eq!(storage.get(object.expect("what was answered is kept")).await.unwrap(), bytes.as_slice());
    }
    place.check_invariants();
    desk.assert_calm();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_breaks_before_the_end_of_a_file_leaves_nothing() {
    let place = Place::new().await;
    let desk = place.open().await;
    let mut applicants = given::applicants(&desk).await;
    let drafts = given::complete_drafts(&place, 1).await;
    let browser = drafts[0].owner(&mut applicants);
    let mut connection = place.owner().await;
    let (rows, objects) = count(&mut connection, &place.files()).await;
    for tenths in [1, 5, 9] {
        browser.send_file_by_tenths(tenths, &address(&drafts[0]), "mockups", "coupe.pdf", &a_document(tenths)).await;
    }
    sleep(Duration::from_secs(1)).await;
    assert_eq!(count(&mut connection, &place.files()).await, (rows, objects));
    // The line is back: the browser sends it again.
    let answer = browser.send_file(&address(&drafts[0]), "mockups", "coupe.pdf", &a_document(9)).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(count(&mut connection, &place.files()).await, (rows + 1, objects + 1));
    desk.assert_calm();
}

/// A storage with less room than a document takes.
enum Full {
    /// A small file system of its own.
    Disk(PathBuf),
    /// Where none may be mounted: a service that has no room left.
    Service(String),
}

impl Full {
    async fn make(place: &Place) -> Self {
        let files = place.files();
        fs::create_dir_all(&files).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(&files).output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Self::Disk(files);
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut some = vec![0; 64 * 1024];
                    let _ = stream.read(&mut some).await;
                    let _ = stream.write_all(b"HTTP/1.1 507 Insufficient Storage\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
                    while stream.read(&mut some).await.is_ok_and(|read| read > 0) {}
                });
            }
        });
        Self::Service(endpoint)
    }

    fn settings(&self) -> Vec<(&str, &str)> {
        match self {
            Self::Disk(_) => Vec::new(),
            Self::Service(endpoint) => vec![
                ("STORAGE", "s3"),
                ("S3_ENDPOINT", endpoint),
                ("S3_BUCKET", "pieces"),
                ("S3_ACCESS_KEY_ID", "le-guichet"),
                ("S3_SECRET_ACCESS_KEY", "un secret de test"),
            ],
        }
    }
}

impl Drop for Full {
    fn drop(&mut self) {
        if let Self::Disk(files) = self {
            let _ = Command::new("umount").arg("-l").arg(files).status();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_beside_the_field_and_leaves_nothing_half_written() {
    let place = Place::new().await;
    // The demonstration keeps its own file while there is room.
    let mut first = place.open().await;
    first.ask_to_stop();
    assert!(first.end().await.success());
    let full = Full::make(&place).await;
    let mut desk = place.serve(&full.settings());
    desk.ready().await;
    let mut applicants = given::applicants(&desk).await;
    let drafts = given::complete_drafts(&place, 1).await;
    let mut connection = place.owner().await;
    let before = count(&mut connection, &place.files()).await;
    let browser = drafts[0].owner(&mut applicants);
    let answer = browser.send_file(&address(&drafts[0]), "mockups", "ecran.pdf", &a_document(1)).await.unwrap();
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains("n’a pas pu être gardé"), "{}", answer.body);
    let found = count(&mut connection, &place.files()).await;
    let swept = attachments::sweep(&mut connection, &place.storage(), Clock::System.now() + time::Duration::hours(2)).await.unwrap();
    println!("disk full: {} rows and {} objects more, {swept} swept", found.0 - before.0, found.1 - before.1);
    assert_eq!(count(&mut connection, &place.files()).await, before);
    let draft = applications::find_draft(&mut connection, drafts[0].id).await.unwrap();
    assert!(draft.all_files().is_empty() && draft.first_unfinished().is_none(), "the text is as it was");
    desk.assert_calm();
}
