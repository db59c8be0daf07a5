//! Pages of the demonstration.

mod components;

use crate::{
    AppState,
    web::{Audience, Routes},
};

/// The routes of these pages; each answers 404 outside demo mode.
pub fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Anyone, "/demo/composants", components::show)
}
