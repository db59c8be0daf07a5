//! The home page: what may be asked for, by whom, with what, and what happens next.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::{
    AppState,
    config::Config,
    web::{Frame, Page},
};

#[derive(Debug, Template)]
#[template(path = "welcome/home.html")]
pub(super) struct Home {
    frame: Frame,
    config: Arc<Config>,
}

pub(super) async fn show(State(state): State<AppState>, frame: Frame) -> Page<Home> {
    Page(Home { frame, config: state.config })
}
