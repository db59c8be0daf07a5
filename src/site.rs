//! The whole site: what its pages share, its routes in order, the layers around them.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    middleware::{from_fn, from_fn_with_state},
};
use sqlx::{PgConnection, PgPool};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, Predicate, predicate::DefaultPredicate},
};

use crate::{
    accounts::{self, Passwords},
    admin,
    applications::{self, RightInShort},
    assessment,
    attachments::{Antivirus, Storage},
    authorizations,
    clock::Clock,
    config::Config,
    criteria, demo,
    documents::Printer,
    eligibility, experimentation,
    ids::{AccountId, ApplicationId},
    organisations::{self, Register},
    participation,
    problem::Problem,
    review,
    secret::SecretKey,
    web::{self, DeclaredRoute, Routes, ToDo, assets, endurance, health, problem_page, request_log, security, session},
    welcome,
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
    /// Hashes passwords and compares them.
    pub passwords: Passwords,
    /// The Sirene register.
    pub register: Register,
    /// Where the files of demandes are.
    pub storage: Storage,
    /// Who looks for viruses in them.
    pub antivirus: Antivirus,
    /// Makes documents.
    pub printer: Printer,
}

impl AppState {
    /// What waits for somebody besides their demandes: any page can show it, whatever slice it comes from.
    ///
    /// # Errors
    /// The database's.
    pub async fn find_to_do(&self, connection: &mut PgConnection, account: AccountId) -> Result<Vec<ToDo>, Problem> {
        participation::find_to_do(connection, account, self.clock.now()).await
    }

    /// What became of the rights those demandes were granted, where they do not stand as they were: lists of demandes say it, and know no right.
    ///
    /// # Errors
    /// The database's.
    pub async fn find_rights_in_short(
        &self,
        connection: &mut PgConnection,
        granted: &[ApplicationId],
    ) -> Result<HashMap<ApplicationId, RightInShort>, Problem> {
        authorizations::find_in_short(connection, granted).await
    }
}

/// Every route of the site.
fn routes() -> Routes<AppState> {
    Routes::new()
        .merge(welcome::pages::routes())
        .merge(accounts::pages::routes())
        .merge(organisations::pages::routes())
        .merge(criteria::pages::routes())
        .merge(applications::pages::routes())
        .merge(authorizations::pages::routes())
        .merge(participation::pages::routes())
        .merge(review::pages::routes())
        .merge(assessment::pages::routes())
        .merge(admin::pages::routes())
        .merge(experimentation::pages::routes())
        .merge(eligibility::pages::routes())
        .merge(demo::pages::routes())
}

/// Every route and whom it is for, for the tests that walk them all.
pub fn declared_routes() -> Vec<DeclaredRoute> {
    routes().into_parts().1
}

/// The site, with everything that surrounds its pages.
pub fn router(state: AppState) -> Router {
    surround(routes(), state)
}

/// Those routes behind the same walls as the site's own.
pub fn surround(routes: Routes<AppState>, state: AppState) -> Router {
    // Beside the first visits, not before them.
    std::thread::spawn(assets::prepare);
    let with_state = state.clone();
    // A request meets these layers from the last to the first. Outermost are the log and the headers, so that nothing leaves without
    // them; then the page of problems, which dresses what any layer within refuses; then, for pages only, limits, session and visitor.
    let pages = routes
        .into_parts()
        .0
        .fallback(async || Problem::NotFound)
        .layer(security::csrf(&state.config))
        .layer(from_fn(web::carry_visitor))
        .layer(from_fn_with_state(state.clone(), accounts::pages::identify))
        .layer(session::layer(state.db.clone(), state.clock.clone(), &state.config))
        .layer(from_fn(endurance::to_the_end))
        .layer(from_fn(|request, next| endurance::within(endurance::deadline(&request), request, next)))
        .layer(from_fn(security::known_methods))
        .layer(DefaultBodyLimit::max(security::MOST_BYTES));
    pages
        .merge(assets::router())
        .merge(health::router())
        .merge(security::router())
        .layer(CatchPanicLayer::custom(endurance::panicked as fn(_) -> _))
        .layer(from_fn_with_state(state.clone(), problem_page::dress))
        .layer(compression())
        .layer(from_fn_with_state(state, security::headers))
        .layer(from_fn(request_log::record))
        .with_state(with_state)
}

/// Pages are compressed as they leave; assets, which carry an entity tag, have been already.
fn compression() -> CompressionLayer<impl Predicate> {
    let no_asset = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| !headers.contains_key(header::ETAG);
    CompressionLayer::new().compress_when(DefaultPredicate::new().and(no_asset))
}
