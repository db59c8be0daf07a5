//! `/administration/campagnes/{campagne}`: a campaign as it stands, what waits for it, and its history.

use askama::Template;
use axum::extract::{Path, State};

use crate::{
    AppState,
    accounts::CampaignManager,
    calendar,
    experimentation::{Campaign, CampaignChange, ExperimentState, Held, store},
    ids::{AccountId, CampaignId},
    problem::Problem,
    web::{Audience, Frame, Page, Routes, filters},
};

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Campaigns, "/administration/campagnes/{campagne}", show)
}

#[derive(Debug, Template)]
#[template(path = "experimentation/campaign.html")]
struct CampaignPage {
    frame: Frame,
    me: AccountId,
    id: CampaignId,
    campaign: Campaign,
    state: ExperimentState,
    held: Held,
    is_over: bool,
    waiting: Option<CampaignChange>,
    /// What was settled, the most recent first.
    history: Vec<CampaignChange>,
}

/// The campaign an address names.
///
/// # Errors
/// [`Problem::NotFound`].
pub(super) fn number(typed: &str) -> Result<CampaignId, Problem> {
    CampaignId::parse(typed).ok_or(Problem::NotFound)
}

async fn show(
    by: CampaignManager,
    Path(campaign): Path<String>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<CampaignPage>, Problem> {
    let id = number(&campaign)?;
    let mut connection = state.db.acquire().await?;
    let campaign = store::find_campaign(&mut connection, id).await?;
    let held = store::standing::find_numbers(&mut connection, id).await?.held;
    let (waiting, history): (Vec<_>, Vec<_>) =
        store::find_changes_of(&mut connection, id).await?.into_iter().partition(CampaignChange::waits);
    let day = calendar::paris_day(state.clock.now());
    Ok(Page(CampaignPage {
        frame,
        me: by.person().account,
        id,
        state: campaign.state_on(day, held.occupancy()),
        is_over: day > campaign.ends_on,
        campaign,
        held,
        waiting: waiting.into_iter().next(),
        history,
    }))
}
