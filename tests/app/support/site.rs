//! The desk as a test runs it.

use std::sync::Arc;

use axum::Router;
use habilitation::{AppState, accounts::Passwords, clock::Clock, config::Config, organisations::Register, router, secret::SecretKey};
use time::macros::datetime;

use super::{TestDatabase, Visitor};

/// A site with its own database and a clock that stands still at 3 December 2026, 10 h in Paris.
#[derive(Debug)]
pub struct TestSite {
    /// What the pages share.
    pub state: AppState,
    /// Its database.
    pub database: TestDatabase,
    router: Router,
}

impl TestSite {
    /// A fresh site.
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        let state = AppState {
            db: database.desk.clone(),
            clock: Clock::fixed(datetime!(2026-12-03 09:00 UTC)),
            config: Arc::new(Config::defaults()),
            secret: SecretKey::new(vec![7; 32]),
            register: Register::sample(),
            passwords: Passwords::new(),
        };
        Self { router: router(state.clone()), state, database }
    }

    /// The same site, asking another register.
    pub fn with_register(mut self, register: Register) -> Self {
        self.state.register = register;
        self.router = router(self.state.clone());
        self
    }

    /// Somebody who opens the site in a browser of their own.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.router.clone())
    }
}
