//! The whole site: what its pages share, its routes in order, the layers around them.

use std::sync::Arc;

use axum::Router;
use sqlx::PgPool;

use crate::{clock::Clock, config::Config, organisations::Register, secret::SecretKey, web::Routes};

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
}

/// Every route of the site.
fn routes() -> Routes<AppState> {
    Routes::new()
}

/// The site, with everything that surrounds its pages.
pub fn router(state: AppState) -> Router {
    let (router, _declared) = routes().into_parts();
    router.with_state(state)
}
