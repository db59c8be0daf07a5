//! `/experimentation`: what the experiment is, who may still come in, how places are given, and what changed, for everybody.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use time::Date;

use super::{
    campaign::number,
    shown::{NumberedCampaign, find_shown},
};
use crate::{
    AppState, calendar,
    config::{Config, SilenceEffect},
    experimentation::{Campaign, CampaignChange, ExperimentState, Held, ParticipationEnd, Seats, seats::SeatState, silence, store},
    ids::CampaignId,
    problem::Problem,
    web::{Audience, Frame, Page, Routes, filters},
};

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Anyone, "/experimentation", show_current).get(Audience::Anyone, "/experimentation/{campagne}", show_one)
}

/// A campaign as everybody reads it.
#[derive(Debug)]
struct Told {
    id: CampaignId,
    campaign: Campaign,
    state: ExperimentState,
    seats: Seats,
    calendar: Vec<Milestone>,
    /// What changed, the most recent first.
    history: Vec<CampaignChange>,
    /// Whether its assessment is published.
    is_assessed: bool,
}

/// A day of a campaign.
#[derive(Debug)]
struct Milestone {
    what: &'static str,
    on: String,
    is_past: bool,
}

#[derive(Debug, Template)]
#[template(path = "experimentation/public.html")]
struct PublicPage {
    frame: Frame,
    config: Arc<Config>,
    told: Option<Told>,
    /// The other campaigns of the desk.
    others: Vec<NumberedCampaign>,
}

impl Told {
    /// The campaign on that day, its places held by those.
    fn new((id, campaign): (CampaignId, Campaign), held: &Held, history: Vec<CampaignChange>, is_assessed: bool, day: Date) -> Self {
        let is_released = day >= campaign.panel.reserved_until;
        let mut days = vec![
            ("Les candidatures ouvrent", campaign.opens_on),
            ("Les candidatures prennent fin", campaign.closes_on),
            ("L’expérimentation prend fin, les accès à FranceConnect s’arrêtent", campaign.ends_on),
        ];
        if campaign.panel.kept() > 0 {
            days.push(("Les places gardées et non prises s’ouvrent à tous les secteurs", campaign.panel.reserved_until));
        }
        days.sort_by_key(|(_, on)| *on);
        let calendar = days.into_iter().map(|(what, on)| Milestone { what, on: calendar::written(on), is_past: on < day }).collect();
        Self {
            id,
            state: campaign.state_on(day, held.occupancy()),
            seats: Seats::of(&campaign, held, is_released),
            calendar,
            history,
            is_assessed,
            campaign,
        }
    }

    fn silence(&self) -> &'static str {
        self.campaign.silence_effect.map_or("", |effect: SilenceEffect| silence(effect))
    }

    fn lasts_a_year(&self) -> bool {
        self.campaign.panel.participation_ends == ParticipationEnd::Anniversary
    }
}

async fn prepare(state: AppState, frame: Frame, asked: Option<CampaignId>) -> Result<Page<PublicPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let day = calendar::paris_day(state.clock.now());
    let (shown, others) = find_shown(&mut connection, asked, day).await?;
    let told = match shown {
        None => None,
        Some((id, campaign)) => {
            // The only place where this page counts.
            let held = store::standing::find_numbers(&mut connection, id).await?.held;
            let mut history = store::find_agreed(&mut connection, id).await?;
            history.reverse();
            let is_assessed = store::is_assessed(&mut connection, id).await?;
            Some(Told::new((id, campaign), &held, history, is_assessed, day))
        }
    };
    Ok(Page(PublicPage { frame, config: state.config, told, others }))
}

async fn show_current(State(state): State<AppState>, frame: Frame) -> Result<Page<PublicPage>, Problem> {
    prepare(state, frame, None).await
}

async fn show_one(Path(campaign): Path<String>, State(state): State<AppState>, frame: Frame) -> Result<Page<PublicPage>, Problem> {
    let id = number(&campaign)?;
    prepare(state, frame, Some(id)).await
}
