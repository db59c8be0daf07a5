//! `habilitation campaign …`: the experiments that orders allow.

mod change;
mod read;

use clap::{Args, Subcommand};
use time::{Date, format_description::well_known::Iso8601};

use self::{
    change::{Decline, Propose, Settle},
    read::Which,
};
use super::{cli::Finding, desk::Desk, operator};
use crate::{
    config::{Config, SilenceEffect},
    criteria::Sector,
    experimentation::{Campaign, Document, Panel, ParticipationEnd, Share, add_campaign::add_campaign},
};

/// What can be done to campaigns.
#[derive(Clone, Debug, Subcommand)]
pub enum CampaignVerb {
    /// Write down a campaign as its order sets it; the desk tells visitors of it at once
    Add(Add),
    /// Every campaign, and what waits for a second person
    List,
    /// Everything a campaign says today
    Show(Which),
    /// Propose a change, in the name of somebody who answers for campaigns; it waits for a second person
    Propose(Box<Propose>),
    /// Agree with a proposal, in the name of a second person: it holds at once
    Agree(Settle),
    /// Decline a proposal, in the name of a second person
    Decline(Decline),
    /// Take a proposal back, in the name of whoever made it
    Withdraw(Settle),
    /// What was ever proposed for a campaign, by whom, why, and what became of it
    History(Which),
}

/// What the order sets.
#[derive(Clone, Debug, Args)]
pub struct Add {
    /// What people call it, for instance « Expérimentation 2027 »
    #[arg(long)]
    title: String,
    /// The order, for instance « Arrêté du 4 janvier 2027 »
    #[arg(long)]
    legal_basis: String,
    /// Where the order is published
    #[arg(long)]
    legal_basis_url: String,
    /// First day of candidatures, 2027-01-11
    #[arg(long, value_parser = parse_day)]
    opens_on: Date,
    /// Last day of candidatures
    #[arg(long, value_parser = parse_day)]
    closes_on: Date,
    /// Last day of the experiment
    #[arg(long, value_parser = parse_day)]
    ends_on: Date,
    /// Legal persons at most
    #[arg(long, default_value_t = 100)]
    capacity: u32,
    /// What two months of silence mean for a candidature (CRPA L231-1, L231-4)
    #[arg(long, value_enum)]
    silence_effect: SilenceEffect,
    /// First day on which places kept for sectors go to whoever waits; the last day of candidatures when not given
    #[arg(long, value_parser = parse_day)]
    reserved_until: Option<Date>,
    /// Places kept for each sector, and places it may hold at most
    #[arg(long, default_value = "8:30", value_parser = parse_share)]
    share: Share,
    /// Another share for one sector, for instance sante=10:40; may be repeated
    #[arg(long, value_parser = parse_sector_share)]
    sector_share: Vec<(Sector, Share)>,
    /// Days a participant has to confirm an approved place
    #[arg(long, default_value_t = 15)]
    answer_within_days: u16,
    /// When a participation ends
    #[arg(long, value_enum, default_value_t = ParticipationEnd::Anniversary)]
    participation_ends: ParticipationEnd,
}

fn parse_share(typed: &str) -> Result<Share, String> {
    let share =
        typed.split_once(':').and_then(|(floor, ceiling)| Some(Share { floor: floor.parse().ok()?, ceiling: ceiling.parse().ok()? }));
    share.ok_or_else(|| "a share is written 8:30, the places kept and the most places held".into())
}

fn parse_sector_share(typed: &str) -> Result<(Sector, Share), String> {
    let (sector, share) = typed.split_once('=').ok_or("the share of a sector is written sante=8:30")?;
    let sector = sector
        .parse()
        .map_err(|_| format!("the sectors are {}", Sector::ALL.iter().map(Sector::to_string).collect::<Vec<_>>().join(", ")))?;
    Ok((sector, parse_share(share)?))
}

fn parse_day(typed: &str) -> Result<Date, String> {
    Date::parse(typed, &Iso8601::DATE).map_err(|_| "a day is written 2027-01-11".into())
}

/// Does it.
pub async fn run(verb: CampaignVerb, config: Config) -> anyhow::Result<Finding> {
    match verb {
        CampaignVerb::Add(asked) => run_add(asked, config).await,
        CampaignVerb::List => read::list(config).await,
        CampaignVerb::Show(which) => read::show(which, config).await,
        CampaignVerb::History(which) => read::history(which, config).await,
        CampaignVerb::Propose(asked) => change::propose(*asked, config).await,
        CampaignVerb::Agree(asked) => change::agree(asked, config).await,
        CampaignVerb::Decline(asked) => change::decline(asked, config).await,
        CampaignVerb::Withdraw(asked) => change::withdraw(asked, config).await,
    }
}

async fn run_add(asked: Add, config: Config) -> anyhow::Result<Finding> {
    let mut panel = Panel {
        answer_within_days: asked.answer_within_days,
        participation_ends: asked.participation_ends,
        ..Panel::even(asked.share, asked.reserved_until.unwrap_or(asked.closes_on))
    };
    panel.shares.extend(asked.sector_share);
    let campaign = Campaign {
        title: asked.title.trim().to_owned(),
        legal_basis: asked.legal_basis.trim().to_owned(),
        legal_basis_url: asked.legal_basis_url.trim().to_owned(),
        opens_on: asked.opens_on,
        closes_on: asked.closes_on,
        ends_on: asked.ends_on,
        capacity: asked.capacity,
        silence_effect: Some(asked.silence_effect),
        panel,
        specification: Document::published_specification(),
        terms: Document::published_terms(),
    };
    // Told before a database is opened.
    campaign.check()?;
    let desk = Desk::open(config).await?;
    let outcome = add(&desk, &campaign).await;
    desk.close().await?;
    outcome
}

async fn add(desk: &Desk, campaign: &Campaign) -> anyhow::Result<Finding> {
    let mut transaction = desk.state.db.begin().await?;
    add_campaign(&mut transaction, &operator(), campaign, desk.state.clock.now()).await?;
    transaction.commit().await?;
    println!(
        "« {} » receives candidatures from {} to {}: {} places",
        campaign.title, campaign.opens_on, campaign.closes_on, campaign.capacity
    );
    Ok(Finding::Sound)
}
