//! The home page: what may be asked for, by whom, with what, and what happens next.

use std::{sync::Arc, time::Duration};

use askama::Template;
use axum::extract::State;
use time::Date;

use crate::{
    AppState, calendar,
    config::Config,
    experimentation::{self, Campaign, ExperimentState},
    problem::Problem,
    web::{Frame, Page, filters},
};

#[derive(Debug, Template)]
#[template(path = "welcome/home.html")]
pub(super) struct Home {
    frame: Frame,
    config: Arc<Config>,
    campaign: Option<Campaign>,
    experiment: ExperimentState,
    /// The database did not tell in time: the page says so, and everything else.
    is_unknown: bool,
}

/// The first page waits no longer for what stands at its side.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) async fn show(State(state): State<AppState>, frame: Frame) -> Page<Home> {
    let day = calendar::paris_day(state.clock.now());
    let found = tokio::time::timeout(PATIENCE, find_campaign(&state, day)).await;
    let ((campaign, experiment), is_unknown) = match found {
        Ok(Ok(found)) => (found, false),
        Ok(Err(_)) | Err(_) => ((None, ExperimentState::None), true),
    };
    Page(Home { frame, config: state.config, campaign, experiment, is_unknown })
}

async fn find_campaign(state: &AppState, day: Date) -> Result<(Option<Campaign>, ExperimentState), Problem> {
    experimentation::find_state(&mut *state.db.acquire().await?, day).await
}
