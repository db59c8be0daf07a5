//! Pages of accounts.

pub(crate) mod again;
mod change_password;
mod check_mail;
mod even;
mod extract;
mod forgotten;
mod identify;
mod letters;
mod link;
mod opening;
mod profile;
mod sessions;
mod sign_in;
mod sign_out;
mod sign_up;
mod waiting;

pub use identify::identify;

use axum::http::Uri;

use crate::{AppState, fields::Fields, web::Routes};

/// The pages of people. Whether an account may be closed (`/compte/fermer`) is told by `applications`, which knows what waits.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .merge(sign_up::routes())
        .merge(sign_in::routes())
        .merge(sign_out::routes())
        .merge(forgotten::routes())
        .merge(link::routes())
        .merge(profile::routes())
        .merge(change_password::routes())
        .merge(sessions::routes())
        .merge(letters::routes())
}

/// What stands after the « ? » of an address.
fn query(uri: &Uri) -> Fields {
    Fields::from_pairs(url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect())
}
