//! `/demandes`: an applicant's demandes, what waits for them first.

use askama::Template;
use axum::extract::State;

use crate::{
    AppState,
    accounts::Applicant,
    applications::{Application, State as Status, Turn, store},
    problem::Problem,
    web::{Frame, Page, filters},
};

#[derive(Debug, Template)]
#[template(path = "applications/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    applications: Vec<(Application, String)>,
}

impl ListPage {
    fn waiting(&self) -> usize {
        self.applications.iter().filter(|(application, _)| application.state.turn() == Turn::Applicant).count()
    }
}

pub(super) async fn show(applicant: Applicant, State(state): State<AppState>, frame: Frame) -> Result<Page<ListPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let applications = store::list_own(&mut connection, applicant.person().account).await?;
    Ok(Page(ListPage { frame, applications }))
}
