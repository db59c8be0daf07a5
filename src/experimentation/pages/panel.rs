//! `/instruction/panel`: the places of a campaign one by one, the lines, who takes part, and what the next decision would do; for the team.

use askama::Template;
use axum::extract::{Path, State};
use sqlx::PgConnection;
use time::Date;

use super::{
    campaign::number,
    shown::{NumberedCampaign, find_shown},
};
use crate::{
    AppState,
    accounts::Staff,
    calendar,
    criteria::Sector,
    experimentation::{
        Arrivals, Campaign, ExperimentState, NumberedPlace, Numbers, Participants, PlacesOf, Prospect, PublicHolder, Seats,
        line::Stand,
        seats::SeatState,
        store::{self, panel::Head},
    },
    ids::{ApplicationId, CampaignId},
    organisations::{Size, stock},
    problem::Problem,
    web::{Audience, Frame, Page, Routes, filters},
};

/// The first ones of each line that are shown; the queue holds them all.
const HEADS: u8 = 5;

/// Decisions whose effect is told: the candidatures that have waited longest with a place reserved.
const NEXT: usize = 5;

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Staff, "/instruction/panel", show_current).get(Audience::Staff, "/instruction/panel/{campagne}", show_one)
}

/// The line of a sector, its first ones.
#[derive(Debug)]
struct LineOf {
    sector: Sector,
    /// Candidatures of it that wait, in all.
    waiting: u32,
    /// Why the next one of the sector has no place, with the numbers of the day; nothing when only their own reasons keep those back.
    because: Option<String>,
    heads: Vec<Head>,
}

/// A campaign as the team reads it.
#[derive(Debug)]
struct Told {
    id: CampaignId,
    campaign: Campaign,
    state: ExperimentState,
    seats: Seats,
    places: Vec<NumberedPlace>,
    /// Those who hold a place and may hold none any more.
    public_holders: Vec<PublicHolder>,
    lines: Vec<LineOf>,
    prospects: Vec<Prospect>,
    participants: Participants,
    arrivals: Arrivals,
}

#[derive(Debug, Template)]
#[template(path = "experimentation/panel.html")]
struct PanelPage {
    frame: Frame,
    told: Option<Told>,
    /// The other campaigns of the desk.
    others: Vec<NumberedCampaign>,
}

impl Told {
    /// The places as they are drawn, sector by sector.
    fn drawn(&self) -> Vec<PlacesOf<'_>> {
        PlacesOf::all(&self.places)
    }

    /// Whose candidature it is, as the register names it.
    fn organisation(&self, prospect: &Prospect) -> &str {
        let mut holders = self.places.iter().filter_map(|place| place.holder.as_ref());
        holders.find(|holder| holder.application == prospect.application).map_or("", |holder| holder.organisation.as_str())
    }

    /// Candidatures whose place is reserved beyond those whose decision is told.
    fn reserved_beyond(&self) -> u32 {
        self.seats.reserved().saturating_sub(u32::try_from(self.prospects.len()).unwrap_or(u32::MAX))
    }
}

impl LineOf {
    /// Those that wait beyond the ones shown.
    fn beyond(&self) -> u32 {
        self.waiting.saturating_sub(u32::try_from(self.heads.len()).unwrap_or(u32::MAX))
    }
}

/// Candidatures whose place is reserved, the earliest turns first, and their places.
fn next_decisions(places: &[NumberedPlace]) -> Vec<(ApplicationId, i32)> {
    let mut reserved: Vec<(i32, ApplicationId, i32)> = places
        .iter()
        .filter_map(|place| place.holder.as_ref().map(|holder| (place.number, holder)))
        .filter(|(_, holder)| holder.stand == Stand::Reserved)
        .map(|(number, holder)| (holder.turn, holder.application, number))
        .collect();
    reserved.sort_unstable_by_key(|(turn, ..)| *turn);
    reserved.into_iter().take(NEXT).map(|(_, application, number)| (application, number)).collect()
}

fn lines_of(numbers: &Numbers, heads: Vec<Head>) -> Vec<LineOf> {
    let mut lines: Vec<LineOf> = Sector::ALL
        .iter()
        .map(|sector| LineOf {
            sector: *sector,
            waiting: numbers.held.of(*sector).waiting,
            because: numbers.why_full(*sector).map(|wait| numbers.because(wait, *sector)),
            heads: Vec::new(),
        })
        .collect();
    for head in heads {
        if let Some(line) = lines.iter_mut().find(|line| line.sector == head.line.sector) {
            line.heads.push(head);
        }
    }
    lines.retain(|line| line.waiting > 0);
    lines
}

async fn tell(connection: &mut PgConnection, id: CampaignId, campaign: Campaign, today: Date) -> Result<Told, Problem> {
    let numbers = store::standing::find_numbers(connection, id).await?;
    let places = store::panel::find_places(connection, id).await?;
    let public_holders = store::panel::find_public_holders(connection, Some(id)).await?;
    let heads = store::panel::find_heads(connection, id, &numbers, HEADS.into()).await?;
    let prospects = store::panel::find_prospects(connection, id, &numbers, &next_decisions(&places)).await?;
    let agreed = store::find_agreed(connection, id).await?;
    let arrivals = Arrivals::of(&campaign, &store::panel::find_arrivals(connection, id).await?, &agreed, today);
    let participants = Participants::of(&places, stock::find_spread(connection).await?);
    Ok(Told {
        id,
        state: campaign.state_on(today, numbers.held.occupancy()),
        seats: Seats::of(&campaign, &numbers.held, numbers.is_released),
        lines: lines_of(&numbers, heads),
        campaign,
        places,
        public_holders,
        prospects,
        participants,
        arrivals,
    })
}

async fn prepare(state: AppState, frame: Frame, asked: Option<CampaignId>) -> Result<Page<PanelPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let today = calendar::paris_day(state.clock.now());
    let (shown, others) = find_shown(&mut connection, asked, today).await?;
    let told = match shown {
        None => None,
        Some((id, campaign)) => Some(tell(&mut connection, id, campaign, today).await?),
    };
    Ok(Page(PanelPage { frame, told, others }))
}

async fn show_current(_: Staff, State(state): State<AppState>, frame: Frame) -> Result<Page<PanelPage>, Problem> {
    prepare(state, frame, None).await
}

async fn show_one(_: Staff, Path(campaign): Path<String>, State(state): State<AppState>, frame: Frame) -> Result<Page<PanelPage>, Problem> {
    let id = number(&campaign)?;
    prepare(state, frame, Some(id)).await
}
