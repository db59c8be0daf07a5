//! Pages of organisations: one's own, their people, domains and clients; for the team, what makes each of them sure.

mod clients;
mod colleagues;
mod domains;
mod here;
mod joining;
mod mine;
mod record;
mod refreshing;
mod search;
mod taking_back;

pub(crate) use here::Here;
pub(crate) use refreshing::refresh;

use crate::{AppState, web::Routes};

/// The pages of organisations.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .merge(mine::routes())
        .merge(joining::routes())
        .merge(colleagues::routes())
        .merge(domains::routes())
        .merge(clients::routes())
        .merge(record::routes())
        .merge(taking_back::routes())
        .merge(search::routes())
}
