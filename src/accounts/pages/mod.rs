//! Pages of accounts.

mod extract;
mod identify;
mod opening;
mod sign_in;
mod sign_out;

pub use identify::identify;

use axum::http::Uri;

use crate::{AppState, fields::Fields, web::Routes};

/// The pages of people.
pub fn routes() -> Routes<AppState> {
    Routes::new().merge(sign_in::routes()).merge(sign_out::routes())
}

/// What stands after the « ? » of an address.
fn query(uri: &Uri) -> Fields {
    Fields::from_pairs(url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect())
}
