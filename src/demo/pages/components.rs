//! Every component in every state: what pages are made of, shown alive.

use askama::Template;
use axum::extract::State;

use crate::{
    AppState,
    problem::Problem,
    web::{Frame, Page},
};

#[derive(Debug, Template)]
#[template(path = "demo/components.html")]
pub(super) struct Components {
    frame: Frame,
}

pub(super) async fn show(State(state): State<AppState>, frame: Frame) -> Result<Page<Components>, Problem> {
    if !state.config.demo.is_on() {
        return Err(Problem::NotFound);
    }
    Ok(Page(Components { frame }))
}
