//! tower-sessions over our table.

use std::collections::HashMap;

use axum::response::Response;
use serde_json::Value;
use sqlx::PgPool;
use tower::{layer::util::Stack, util::MapResponseLayer};
use tower_sessions::{
    SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Id, Record},
    session_store,
};

use super::{CookieNames, SessionKey, cookie::complete_removals, record::OPENED, store};
use crate::{clock::Clock, config::Config, problem::Problem};

/// The sessions of the desk.
#[derive(Clone, Debug)]
pub struct DeskSessions {
    db: PgPool,
    clock: Clock,
}

impl DeskSessions {
    /// The sessions kept in that database.
    pub fn new(db: PgPool, clock: Clock) -> Self {
        Self { db, clock }
    }
}

/// What reads the cookie before a page and writes it after.
pub type SessionLayer = Stack<SessionManagerLayer<DeskSessions>, MapResponseLayer<fn(Response) -> Response>>;

/// The layer that gives every request its session. A visitor who only reads has neither cookie nor row.
pub fn layer(db: PgPool, clock: Clock, config: &Config) -> SessionLayer {
    let names = CookieNames::of(config);
    let manager = SessionManagerLayer::new(DeskSessions::new(db, clock))
        .with_name(names.session)
        .with_secure(names.secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/");
    Stack::new(manager, MapResponseLayer::new(complete_removals))
}

#[async_trait::async_trait]
impl SessionStore for DeskSessions {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        // Never the number the browser came with, whatever tower-sessions left in the record.
        record.id = Id::default();
        let opened = record.data.get(OPENED).cloned().map(serde_json::from_value).transpose().map_err(encode)?;
        let mut connection = self.db.acquire().await.map_err(backend)?;
        store::add(&mut connection, SessionKey::of(record.id), opened.as_ref(), &to_json(record)?, self.clock.now()).await.map_err(backend)
    }

    /// Only ever an update: a late request must not bring back a session its owner has ended.
    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let mut connection = self.db.acquire().await.map_err(backend)?;
        store::save(&mut connection, SessionKey::of(record.id), &to_json(record)?).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let mut connection = self.db.acquire().await.map_err(backend)?;
        let found = store::find_data(&mut connection, SessionKey::of(*id), self.clock.now()).await.map_err(backend)?;
        found
            .map(|(data, expiry_date)| {
                let data: HashMap<String, Value> =
                    serde_json::from_value(data).map_err(|error| session_store::Error::Decode(error.to_string()))?;
                Ok(Record { id: *id, data, expiry_date })
            })
            .transpose()
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let mut connection = self.db.acquire().await.map_err(backend)?;
        store::remove(&mut connection, SessionKey::of(*id)).await.map_err(backend)
    }
}

fn to_json(record: &Record) -> session_store::Result<Value> {
    serde_json::to_value(&record.data).map_err(encode)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err asks for")]
fn encode(error: serde_json::Error) -> session_store::Error {
    session_store::Error::Encode(error.to_string())
}

fn backend(error: impl Into<Problem>) -> session_store::Error {
    session_store::Error::Backend(error.into().to_string())
}
