//! The published rules.

mod rules;

use crate::{
    AppState,
    web::{Audience, Routes},
};

/// The routes of this slice.
pub fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Anyone, "/regles", rules::show)
}
