//! Changes of campaigns: two people of the desk, by their addresses, whoever types.

use clap::Args;
use sqlx::PgConnection;
use time::Date;

use super::{parse_day, parse_sector_share, read};
use crate::{
    accounts::{self, CampaignManager, EmailAddress, Role},
    command::{cli::Finding, desk::Desk, operator},
    config::{Config, SilenceEffect},
    criteria::Sector,
    experimentation::{
        Campaign, Difference, ParticipationEnd, Proposal, Proposed, Share, agree_to_change, decline_change, differences, find_campaign,
        find_change, find_last_agreed, propose_change, withdraw_change,
    },
    ids::{CampaignChangeId, CampaignId},
    problem::Problem,
    text,
};

/// What is to change; what is not given stays.
#[derive(Clone, Debug, Args)]
pub struct Propose {
    /// The number of the campaign
    #[arg(value_parser = read::parse_campaign)]
    campaign: CampaignId,
    /// The address of whoever proposes, a programme manager or an administrator of the desk
    #[arg(long)]
    by: String,
    /// Why; published with the change once it is agreed
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    text: TextChange,
    #[command(flatten)]
    days: DayChange,
    #[command(flatten)]
    places: PlaceChange,
}

/// Of the text and the documents.
#[derive(Clone, Debug, Args)]
struct TextChange {
    /// What people call it
    #[arg(long)]
    title: Option<String>,
    /// The order
    #[arg(long)]
    legal_basis: Option<String>,
    /// Where the order is published
    #[arg(long)]
    legal_basis_url: Option<String>,
    /// The version of the « cahier des charges »: whoever ticked the former reads and ticks again before handing in
    #[arg(long)]
    specification_version: Option<String>,
    /// Where it is read
    #[arg(long)]
    specification_url: Option<String>,
    /// The version of the CGU of service providers
    #[arg(long)]
    terms_version: Option<String>,
    /// Where they are read
    #[arg(long)]
    terms_url: Option<String>,
}

/// Of the calendar.
#[derive(Clone, Debug, Args)]
struct DayChange {
    /// First day of candidatures, 2027-01-11
    #[arg(long, value_parser = parse_day)]
    opens_on: Option<Date>,
    /// Last day of candidatures
    #[arg(long, value_parser = parse_day)]
    closes_on: Option<Date>,
    /// Last day of the experiment, for everybody
    #[arg(long, value_parser = parse_day)]
    ends_on: Option<Date>,
    /// First day on which places kept for sectors go to whoever waits
    #[arg(long, value_parser = parse_day)]
    reserved_until: Option<Date>,
    /// Days a participant has to confirm an approved place
    #[arg(long)]
    answer_within_days: Option<u16>,
    /// When a participation ends
    #[arg(long, value_enum)]
    participation_ends: Option<ParticipationEnd>,
    /// What two months of silence mean for a candidature
    #[arg(long, value_enum)]
    silence_effect: Option<SilenceEffect>,
}

/// Of the places.
#[derive(Clone, Debug, Args)]
struct PlaceChange {
    /// Legal persons at most
    #[arg(long)]
    capacity: Option<u32>,
    /// The share of a sector, for instance sante=10:40; may be repeated
    #[arg(long, value_parser = parse_sector_share)]
    sector_share: Vec<(Sector, Share)>,
}

/// Which proposal, and who.
#[derive(Clone, Debug, Args)]
pub struct Settle {
    /// The number of the proposal
    #[arg(value_parser = parse_change)]
    proposal: CampaignChangeId,
    /// The address of whoever answers
    #[arg(long)]
    by: String,
}

/// Which proposal, who, and why not.
#[derive(Clone, Debug, Args)]
pub struct Decline {
    #[command(flatten)]
    settle: Settle,
    /// Why
    #[arg(long)]
    reason: String,
}

fn parse_change(typed: &str) -> Result<CampaignChangeId, String> {
    CampaignChangeId::parse(typed).ok_or_else(|| "a proposal is named by its number".into())
}

fn set<T>(value: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *value = new;
    }
}

impl Propose {
    /// The campaign as it is to be.
    fn made_of(self, before: &Campaign) -> Campaign {
        let mut after = before.clone();
        let trimmed = |typed: Option<String>| typed.map(|typed| typed.trim().to_owned());
        set(&mut after.title, trimmed(self.text.title));
        set(&mut after.legal_basis, trimmed(self.text.legal_basis));
        set(&mut after.legal_basis_url, trimmed(self.text.legal_basis_url));
        set(&mut after.specification.version, trimmed(self.text.specification_version));
        set(&mut after.specification.url, trimmed(self.text.specification_url));
        set(&mut after.terms.version, trimmed(self.text.terms_version));
        set(&mut after.terms.url, trimmed(self.text.terms_url));
        set(&mut after.opens_on, self.days.opens_on);
        set(&mut after.closes_on, self.days.closes_on);
        set(&mut after.ends_on, self.days.ends_on);
        set(&mut after.panel.reserved_until, self.days.reserved_until);
        set(&mut after.panel.answer_within_days, self.days.answer_within_days);
        set(&mut after.panel.participation_ends, self.days.participation_ends);
        set(&mut after.capacity, self.places.capacity);
        after.silence_effect = self.days.silence_effect.or(after.silence_effect);
        after.panel.shares.extend(self.places.sector_share);
        after
    }
}

/// Proposes.
pub async fn propose(asked: Propose, config: Config) -> anyhow::Result<Finding> {
    let reason = text::paragraph(&asked.reason, 2000)?;
    let desk = Desk::open(config).await?;
    let by = asked.by.clone();
    let outcome = propose_at(&desk, &by, async |connection| {
        let campaign = asked.campaign;
        let before = find_campaign(connection, campaign).await?;
        let seen = find_last_agreed(connection, campaign).await?;
        let after = asked.made_of(&before);
        after.check()?;
        Ok(Proposal { campaign: Some(campaign), seen, after, reason })
    })
    .await;
    desk.close().await?;
    outcome
}

/// Proposes what is made of the campaign as it stands, in the name of whoever has that address.
pub(super) async fn propose_at(
    desk: &Desk,
    by: &str,
    make: impl AsyncFnOnce(&mut PgConnection) -> anyhow::Result<Proposal>,
) -> anyhow::Result<Finding> {
    let mut transaction = desk.state.db.begin().await?;
    let by = find_manager(&mut transaction, by).await?;
    let proposal = make(&mut transaction).await?;
    match propose_change(&mut transaction, &by, &proposal, desk.state.clock.now()).await? {
        Proposed::Waits(id) => {
            transaction.commit().await?;
            println!("proposal {id} waits for a second person: habilitation campaign agree {id} --by …");
            Ok(Finding::Sound)
        }
        Proposed::Refused(faults) => {
            for fault in &faults {
                println!("{}", fault.sentence);
            }
            Ok(Finding::Broken)
        }
        Proposed::AnotherWaits => anyhow::bail!("another proposal waits for this campaign, one at a time: nothing was proposed"),
        Proposed::Meanwhile(meanwhile) => {
            let changed = differences(Some(&meanwhile.then), &meanwhile.today);
            anyhow::bail!("the campaign has just changed ({}): nothing was proposed", told(&changed))
        }
    }
}

fn told(changed: &[Difference]) -> String {
    changed.iter().map(Difference::sentence).collect::<Vec<_>>().join(" ; ")
}

/// Agrees.
pub async fn agree(asked: Settle, config: Config) -> anyhow::Result<Finding> {
    let desk = Desk::open(config).await?;
    let outcome = settle(&desk, &asked, Answer::Agree).await;
    desk.close().await?;
    outcome
}

/// Declines.
pub async fn decline(asked: Decline, config: Config) -> anyhow::Result<Finding> {
    let reason = text::paragraph(&asked.reason, 2000)?;
    let desk = Desk::open(config).await?;
    let outcome = settle(&desk, &asked.settle, Answer::Decline(reason)).await;
    desk.close().await?;
    outcome
}

/// Takes back.
pub async fn withdraw(asked: Settle, config: Config) -> anyhow::Result<Finding> {
    let desk = Desk::open(config).await?;
    let outcome = settle(&desk, &asked, Answer::Withdraw).await;
    desk.close().await?;
    outcome
}

enum Answer {
    Agree,
    Decline(String),
    Withdraw,
}

async fn settle(desk: &Desk, asked: &Settle, answer: Answer) -> anyhow::Result<Finding> {
    let mut transaction = desk.state.db.begin().await?;
    let by = find_manager(&mut transaction, &asked.by).await?;
    let (id, now) = (asked.proposal, desk.state.clock.now());
    match answer {
        Answer::Agree => drop(agree_to_change(&mut transaction, &by, id, now).await?),
        Answer::Decline(reason) => decline_change(&mut transaction, &by, id, &reason, now).await?,
        Answer::Withdraw => withdraw_change(&mut transaction, &by, id, now).await?,
    }
    transaction.commit().await?;
    read::print_change(&find_change(&mut *desk.state.db.acquire().await?, id).await?);
    Ok(Finding::Sound)
}

/// Whoever answers for campaigns at that address; the journal says who typed for them.
async fn find_manager(connection: &mut PgConnection, address: &str) -> anyhow::Result<CampaignManager> {
    let email = EmailAddress::parse(address)?;
    for role in [Role::ProgrammeManager, Role::Admin] {
        let found = accounts::find_by_role(connection, role).await?.into_iter().find(|person| person.email == email);
        if let Some(manager) = found.and_then(CampaignManager::new) {
            return Ok(manager.typed_by(&operator()));
        }
    }
    Err(Problem::not_possible(format!("{email} is neither a programme manager nor an administrator of the desk")).into())
}
