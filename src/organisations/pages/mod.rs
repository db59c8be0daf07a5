//! Pages of organisations: one's own, joining another, confirming colleagues.

mod colleagues;
mod joining;
mod mine;
mod refreshing;
mod search;

pub(crate) use refreshing::refresh;

use crate::{AppState, web::Routes};

/// The pages of organisations.
pub fn routes() -> Routes<AppState> {
    Routes::new().merge(mine::routes()).merge(joining::routes()).merge(colleagues::routes()).merge(search::routes())
}
