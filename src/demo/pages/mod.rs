//! Pages of the demonstration.

mod components;
mod mailbox;

use crate::{
    AppState,
    web::{Audience, Routes},
};

/// The routes of these pages; each answers 404 outside demo mode.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::Anyone, "/demo/composants", components::show)
        .get(Audience::Anyone, "/demo/courriels", mailbox::list)
        .get(Audience::Anyone, "/demo/courriels/{id}", mailbox::show)
        .get(Audience::Anyone, "/demo/courriels/{id}/lettre", mailbox::show_html)
}
