//! A new campaign, proposed as its order sets it.

use clap::Args;
use time::Date;

use super::{change::propose_at, parse_day, parse_sector_share, parse_share};
use crate::{
    command::{cli::Finding, desk::Desk},
    config::{Config, SilenceEffect},
    criteria::Sector,
    experimentation::{Campaign, Document, Panel, ParticipationEnd, Proposal, Share},
    text,
};

/// What the order sets, who proposes it and why.
#[derive(Clone, Debug, Args)]
pub struct ProposeNew {
    /// The address of whoever proposes, a programme manager or an administrator of the desk
    #[arg(long)]
    by: String,
    /// Why; published with the campaign once it is agreed
    #[arg(long)]
    reason: String,
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

impl ProposeNew {
    fn campaign(&self) -> Campaign {
        let mut panel = Panel {
            answer_within_days: self.answer_within_days,
            participation_ends: self.participation_ends,
            ..Panel::even(self.share, self.reserved_until.unwrap_or(self.closes_on))
        };
        panel.shares.extend(self.sector_share.iter().copied());
        Campaign {
            title: self.title.trim().to_owned(),
            legal_basis: self.legal_basis.trim().to_owned(),
            legal_basis_url: self.legal_basis_url.trim().to_owned(),
            opens_on: self.opens_on,
            closes_on: self.closes_on,
            ends_on: self.ends_on,
            capacity: self.capacity,
            silence_effect: Some(self.silence_effect),
            panel,
            specification: Document::published_specification(),
            terms: Document::published_terms(),
        }
    }
}

/// Proposes it.
pub async fn propose_new(asked: ProposeNew, config: Config) -> anyhow::Result<Finding> {
    let proposal = Proposal { campaign: None, seen: None, after: asked.campaign(), reason: text::paragraph(&asked.reason, 2000)? };
    // Told before a database is opened.
    proposal.after.check()?;
    let desk = Desk::open(config).await?;
    let outcome = propose_at(&desk, &asked.by, async |_| Ok(proposal)).await;
    desk.close().await?;
    outcome
}
