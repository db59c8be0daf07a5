//! `/regles`: what is checked, how, with what, and who decides (CRPA L311-3-1, L312-1-3). Printed from the definitions the code runs.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::{
    AppState,
    config::Config,
    criteria::{Rule, Sector},
    web::{Frame, Page},
};

#[derive(Debug, Template)]
#[template(path = "criteria/rules.html")]
pub(super) struct RulesPage {
    frame: Frame,
    config: Arc<Config>,
}

pub(super) async fn show(State(state): State<AppState>, frame: Frame) -> Page<RulesPage> {
    Page(RulesPage { frame, config: state.config })
}
