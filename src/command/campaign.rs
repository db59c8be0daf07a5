//! `habilitation campaign …`: the experiments that orders allow.

use clap::{Args, Subcommand};
use time::{Date, format_description::well_known::Iso8601};

use super::{cli::Finding, desk::Desk, operator};
use crate::{
    config::{Config, SilenceEffect},
    experimentation::{Campaign, add_campaign::add_campaign},
};

/// What can be done to campaigns.
#[derive(Clone, Debug, Subcommand)]
pub enum CampaignVerb {
    /// Write down a campaign as its order sets it; the desk tells visitors of it at once
    Add(Add),
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
}

fn parse_day(typed: &str) -> Result<Date, String> {
    Date::parse(typed, &Iso8601::DATE).map_err(|_| "a day is written 2027-01-11".into())
}

/// Does it.
pub async fn run(verb: CampaignVerb, config: Config) -> anyhow::Result<Finding> {
    let CampaignVerb::Add(asked) = verb;
    let campaign = Campaign {
        title: asked.title.trim().to_owned(),
        legal_basis: asked.legal_basis.trim().to_owned(),
        legal_basis_url: asked.legal_basis_url.trim().to_owned(),
        opens_on: asked.opens_on,
        closes_on: asked.closes_on,
        ends_on: asked.ends_on,
        capacity: asked.capacity,
        silence_effect: Some(asked.silence_effect),
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
