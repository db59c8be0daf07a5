//! What campaigns say, and what became of them.

use clap::Args;

use crate::{
    calendar,
    command::{cli::Finding, desk::Desk},
    config::Config,
    experimentation::{CampaignChange, find_campaign, find_campaigns, find_changes_of, find_loose_changes, find_numbers},
    ids::CampaignId,
};

/// Which campaign.
#[derive(Clone, Copy, Debug, Args)]
pub struct Which {
    /// Its number, as `campaign list` tells it
    #[arg(value_parser = parse_campaign)]
    pub campaign: CampaignId,
}

pub(super) fn parse_campaign(typed: &str) -> Result<CampaignId, String> {
    CampaignId::parse(typed).ok_or_else(|| "a campaign is named by its number".into())
}

/// Every campaign.
pub async fn list(config: Config) -> anyhow::Result<Finding> {
    let desk = Desk::open(config).await?;
    let outcome = print_list(&desk).await;
    desk.close().await?;
    outcome
}

async fn print_list(desk: &Desk) -> anyhow::Result<Finding> {
    let mut connection = desk.state.db.acquire().await?;
    let day = calendar::paris_day(desk.state.clock.now());
    for (id, campaign) in find_campaigns(&mut connection).await? {
        let held = find_numbers(&mut connection, id).await?.held;
        let state = campaign.state_on(day, held.occupancy()).label();
        println!(
            "{id}: « {} », {state}, candidatures from {} to {}, until {}, {} places of {} taken",
            campaign.title,
            campaign.opens_on,
            campaign.closes_on,
            campaign.ends_on,
            held.taken(),
            campaign.capacity
        );
    }
    for change in find_loose_changes(&mut connection).await?.iter().filter(|change| change.waits()) {
        println!("proposal {} waits for a second person: « {} », by {}", change.id, change.title(), change.proposed.name);
    }
    Ok(Finding::Sound)
}

/// One campaign.
pub async fn show(which: Which, config: Config) -> anyhow::Result<Finding> {
    let desk = Desk::open(config).await?;
    let outcome = print_one(&desk, which.campaign).await;
    desk.close().await?;
    outcome
}

async fn print_one(desk: &Desk, id: CampaignId) -> anyhow::Result<Finding> {
    let campaign = find_campaign(&mut *desk.state.db.acquire().await?, id).await?;
    for (name, value) in campaign.told() {
        println!("{name}\u{a0}: {value}");
    }
    Ok(Finding::Sound)
}

/// What was ever proposed for it.
pub async fn history(which: Which, config: Config) -> anyhow::Result<Finding> {
    let desk = Desk::open(config).await?;
    let outcome = print_history(&desk, which.campaign).await;
    desk.close().await?;
    outcome
}

async fn print_history(desk: &Desk, id: CampaignId) -> anyhow::Result<Finding> {
    let mut connection = desk.state.db.acquire().await?;
    find_campaign(&mut connection, id).await?;
    for change in find_changes_of(&mut connection, id).await? {
        print_change(&change);
    }
    Ok(Finding::Sound)
}

/// A proposal, with what it changes.
pub(super) fn print_change(change: &CampaignChange) {
    let settled = change.settled.as_ref().map(|settled| format!(" by {}, {}", settled.name, calendar::moment(settled.at)));
    println!(
        "proposal {} by {}, {}: {}{}",
        change.id,
        change.proposed.name,
        calendar::moment(change.proposed.at),
        change.state,
        settled.unwrap_or_default()
    );
    println!("  {}", change.reason);
    for line in change.lines() {
        println!("  - {line}");
    }
    if !change.answer.is_empty() {
        println!("  declined: {}", change.answer);
    }
}
