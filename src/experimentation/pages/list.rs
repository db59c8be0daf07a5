//! `/administration/campagnes`: every campaign, and what waits for a second person.

use askama::Template;
use axum::extract::State;

use super::PATH;
use crate::{
    AppState,
    accounts::CampaignManager,
    calendar,
    experimentation::{Campaign, CampaignChange, ExperimentState, store},
    ids::{AccountId, CampaignId},
    problem::Problem,
    web::{Audience, Frame, Page, Routes, filters},
};

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Campaigns, PATH, show)
}

/// A campaign of the list.
#[derive(Debug)]
struct Listed {
    id: CampaignId,
    campaign: Campaign,
    state: ExperimentState,
    taken: u32,
}

#[derive(Debug, Template)]
#[template(path = "experimentation/campaigns.html")]
struct ListPage {
    frame: Frame,
    me: AccountId,
    campaigns: Vec<Listed>,
    /// What waits for a second person.
    waiting: Vec<CampaignChange>,
    /// New campaigns that never were.
    never: Vec<CampaignChange>,
}

async fn show(by: CampaignManager, State(state): State<AppState>, frame: Frame) -> Result<Page<ListPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let day = calendar::paris_day(state.clock.now());
    let mut campaigns = Vec::new();
    for (id, campaign) in store::find_campaigns(&mut connection).await? {
        let held = store::standing::find_numbers(&mut connection, id).await?.held;
        campaigns.push(Listed { id, state: campaign.state_on(day, held.occupancy()), taken: held.taken(), campaign });
    }
    let changes = store::find_loose_changes(&mut connection).await?;
    let (waiting, never) = changes.into_iter().partition(CampaignChange::waits);
    Ok(Page(ListPage { frame, me: by.person().account, campaigns, waiting, never }))
}
