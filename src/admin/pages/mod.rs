//! Pages of administrators.

mod member;
mod team;

use crate::{AppState, web::Routes};

/// The pages of administrators.
pub fn routes() -> Routes<AppState> {
    Routes::new().merge(team::routes()).merge(member::routes())
}
