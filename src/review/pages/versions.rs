//! `/instruction/{numero}/versions`: two versions side by side, for the team.

use axum::extract::{Query, State};

use super::extract::Dossier;
use crate::{
    AppState,
    applications::pages::{AskedVersions, VersionsPage},
    problem::Problem,
    web::{Frame, Page},
};

pub(super) async fn show(
    Dossier(application): Dossier,
    State(state): State<AppState>,
    Query(asked): Query<AskedVersions>,
    frame: Frame,
) -> Result<Page<VersionsPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    Ok(Page(VersionsPage::prepare(&mut connection, application, asked, true, frame).await?))
}
