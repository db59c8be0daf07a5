//! An S3-compatible service on this machine: it keeps what it is sent, whose every object is half an hour old when a test's clock starts,
//! and fails as told.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, put},
};
use habilitation::{
    attachments::Storage,
    config::{Config, StorageKind},
};
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

/// How it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// As it must.
    Well,
    /// There is no room left: 507 to whatever is written.
    Full,
    /// 503 to whatever is asked.
    Down,
}

type Objects = BTreeMap<String, Bytes>;

/// The service; it stops with this value.
#[derive(Debug)]
pub struct S3Server {
    endpoint: String,
    shelf: Arc<Mutex<(Health, Objects)>>,
    _stop: DropGuard,
}

type Shelf = State<Arc<Mutex<(Health, Objects)>>>;

impl S3Server {
    /// Starts on a free port, with an empty bucket called « pieces ».
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let shelf = Arc::new(Mutex::new((Health::Well, Objects::new())));
        let router = Router::new()
            .route("/pieces", get(list).post(delete_several))
            .route("/pieces/{name}", put(write).get(read).delete(delete))
            .with_state(shelf.clone());
        let stop = CancellationToken::new();
        tokio::spawn(stop.clone().run_until_cancelled_owned(async move { axum::serve(listener, router).await }));
        Self { endpoint, shelf, _stop: stop.drop_guard() }
    }

    /// Answers otherwise from now on.
    pub fn turns(&self, health: Health) {
        self.shelf.lock().unwrap().0 = health;
    }

    /// The names of what it keeps.
    pub fn names(&self) -> Vec<String> {
        self.shelf.lock().unwrap().1.keys().cloned().collect()
    }

    /// The storage of a desk that uses it.
    pub fn storage(&self) -> Storage {
        let mut config = Config::defaults();
        config.storage.storage = StorageKind::S3;
        config.storage.s3_endpoint.clone_from(&self.endpoint);
        config.storage.s3_bucket = "pieces".into();
        config.storage.s3_access_key_id = "le-guichet".into();
        config.storage.s3_secret_access_key = Some(SecretString::from("un secret de test"));
        Storage::from_config(&config).unwrap()
    }
}

async fn write(State(shelf): Shelf, Path(name): Path<String>, bytes: Bytes) -> Response {
    let mut shelf = shelf.lock().unwrap();
    match shelf.0 {
        Health::Well => {
            shelf.1.insert(name, bytes);
            [("etag", "\"1\"")].into_response()
        }
        Health::Full => StatusCode::INSUFFICIENT_STORAGE.into_response(),
        Health::Down => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn read(State(shelf): Shelf, Path(name): Path<String>) -> Response {
    let shelf = shelf.lock().unwrap();
    if shelf.0 == Health::Down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let dated = [("last-modified", "Thu, 03 Dec 2026 09:00:00 GMT"), ("etag", "\"1\"")];
    shelf.1.get(&name).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |bytes| (dated, bytes.clone()).into_response())
}

async fn delete(State(shelf): Shelf, Path(name): Path<String>) -> StatusCode {
    let mut shelf = shelf.lock().unwrap();
    if shelf.0 == Health::Down {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    shelf.1.remove(&name);
    StatusCode::NO_CONTENT
}

/// `POST /pieces?delete`, with the names in XML.
async fn delete_several(State(shelf): Shelf, body: String) -> Response {
    let mut shelf = shelf.lock().unwrap();
    if shelf.0 == Health::Down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let mut answer = String::from("<DeleteResult>");
    for name in body.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next()) {
        shelf.1.remove(name);
        write!(answer, "<Deleted><Key>{name}</Key></Deleted>").unwrap();
    }
    (answer + "</DeleteResult>").into_response()
}

async fn list(State(shelf): Shelf) -> Response {
    let shelf = shelf.lock().unwrap();
    if shelf.0 == Health::Down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let mut answer = String::from("<ListBucketResult><Name>pieces</Name><IsTruncated>false</IsTruncated>");
    for (name, bytes) in &shelf.1 {
        let size = bytes.len();
        let dated = "<LastModified>2026-12-03T08:30:00.000Z</LastModified>";
        write!(answer, "<Contents><Key>{name}</Key>{dated}<ETag>\"1\"</ETag><Size>{size}</Size></Contents>").unwrap();
    }
    (answer + "</ListBucketResult>").into_response()
}
