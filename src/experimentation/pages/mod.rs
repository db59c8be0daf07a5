//! What everybody reads of the experiment, and where those who answer for campaigns change them.

mod campaign;
mod fields;
mod list;
mod panel;
mod proposal;
mod propose;
mod public;
mod shown;

use crate::{AppState, web::Routes};

/// Where the campaigns are changed.
const PATH: &str = "/administration/campagnes";

/// The routes of this slice.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .merge(public::routes())
        .merge(panel::routes())
        .merge(list::routes())
        .merge(propose::routes())
        .merge(campaign::routes())
        .merge(proposal::routes())
}
