//! `habilitation campaign …`: the experiments that orders allow.

mod change;
mod propose_new;
mod read;

use clap::Subcommand;
use time::{Date, format_description::well_known::Iso8601};

use self::{
    change::{Decline, Propose, Settle},
    propose_new::ProposeNew,
    read::Which,
};
use super::cli::Finding;
use crate::{config::Config, criteria::Sector, experimentation::Share};

/// What can be done to campaigns.
#[derive(Clone, Debug, Subcommand)]
pub enum CampaignVerb {
    /// Every campaign, and what waits for a second person
    List,
    /// Everything a campaign says today
    Show(Which),
    /// Propose a new campaign as its order sets it, in the name of somebody who answers for campaigns; it waits for a second person
    ProposeNew(Box<ProposeNew>),
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
        CampaignVerb::List => read::list(config).await,
        CampaignVerb::Show(which) => read::show(which, config).await,
        CampaignVerb::History(which) => read::history(which, config).await,
        CampaignVerb::ProposeNew(asked) => propose_new::propose_new(*asked, config).await,
        CampaignVerb::Propose(asked) => change::propose(*asked, config).await,
        CampaignVerb::Agree(asked) => change::agree(asked, config).await,
        CampaignVerb::Decline(asked) => change::decline(asked, config).await,
        CampaignVerb::Withdraw(asked) => change::withdraw(asked, config).await,
    }
}
