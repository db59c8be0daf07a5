//! The whole site: what its pages share, its routes in order, the layers around them.

use std::sync::Arc;

use axum::{Router, middleware};
use sqlx::PgPool;

use crate::{
    accounts::{self, Passwords},
    clock::Clock,
    config::Config,
    organisations::{self, Register},
    secret::SecretKey,
    web::{Routes, session},
};

/// What every page can reach.
#[derive(Clone, Debug)]
pub struct AppState {
    /// Connections to the database.
    pub db: PgPool,
    /// The time.
    pub clock: Clock,
    /// The settings.
    pub config: Arc<Config>,
    /// The key that seals links.
    pub secret: SecretKey,
    /// The Sirene register.
    pub register: Register,
    /// Hashes passwords and compares them.
    pub passwords: Passwords,
}

/// Every route of the site.
fn routes() -> Routes<AppState> {
    Routes::new().merge(accounts::pages::routes()).merge(organisations::pages::routes())
}

/// The site, with everything that surrounds its pages.
pub fn router(state: AppState) -> Router {
    let (router, _declared) = routes().into_parts();
    let sessions = session::layer(state.db.clone(), state.clock.clone(), &state.config);
    router.layer(middleware::from_fn_with_state(state.clone(), accounts::pages::identify)).layer(sessions).with_state(state)
}
