//! What visitors see: a question a page, then the verdict.

mod ask;
mod known;
mod scene;
mod show;
mod told;

use crate::{
    AppState,
    web::{Audience, Routes},
};

/// The routes of this slice.
pub fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Anyone, "/eligibilite", show::show)
}
