//! SQL of campaigns.

mod changes;

use sqlx::{PgConnection, types::Json};
use time::{Date, OffsetDateTime};

use super::{Campaign, Document, Panel, ParticipationEnd, Share, Shares};
use crate::{ids::CampaignId, problem::Problem};

pub(super) use changes::{NewChange, add_change, count_arrivals, lock_change, lock_whole, save_settled, save_whole};
pub use changes::{find_agreed, find_campaigns, find_change, find_changes_of, find_last_agreed, find_loose_changes};
pub(super) mod line;
pub(super) mod offers;
pub(super) mod panel;
pub(super) mod standing;

struct CampaignRow {
    title: String,
    legal_basis: String,
    legal_basis_url: String,
    opens_on: Date,
    closes_on: Date,
    ends_on: Date,
    capacity: i32,
    silence_effect: Option<String>,
    reserved_until: Date,
    shares: Json<Shares>,
    answer_within_days: i32,
    participation_ends: String,
    specification_version: String,
    specification_url: String,
    terms_version: String,
    terms_url: String,
}

impl From<CampaignRow> for Campaign {
    fn from(row: CampaignRow) -> Self {
        Self {
            title: row.title,
            legal_basis: row.legal_basis,
            legal_basis_url: row.legal_basis_url,
            opens_on: row.opens_on,
            closes_on: row.closes_on,
            ends_on: row.ends_on,
            capacity: row.capacity.unsigned_abs(),
            // The database holds no other word.
            silence_effect: row.silence_effect.and_then(|effect| effect.parse().ok()),
            panel: Panel {
                reserved_until: row.reserved_until,
                shares: row.shares.0,
                answer_within_days: u16::try_from(row.answer_within_days).unwrap_or(u16::MAX),
                participation_ends: row.participation_ends.parse().unwrap_or(ParticipationEnd::Anniversary),
            },
            specification: Document { version: row.specification_version, url: row.specification_url },
            terms: Document { version: row.terms_version, url: row.terms_url },
        }
    }
}

/// The campaign a visitor is told of on that Paris date: the one that receives candidatures, else the next one announced, else the last
/// one that closed.
///
/// # Errors
/// The database's.
pub async fn find_current(connection: &mut PgConnection, day: Date) -> Result<Option<Campaign>, Problem> {
    match find_current_id(connection, day).await? {
        Some(id) => find_campaign(connection, id).await.map(Some),
        None => Ok(None),
    }
}

/// The number of that campaign.
///
/// # Errors
/// The database's.
pub async fn find_current_id(connection: &mut PgConnection, day: Date) -> Result<Option<CampaignId>, Problem> {
    let found = sqlx::query_scalar!(
        "select id from campaigns
         order by $1 between opens_on and closes_on desc,
                  opens_on > $1 desc,
                  case when opens_on > $1 then opens_on end,
                  closes_on desc
         limit 1",
        day
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.map(CampaignId))
}

/// A campaign by its number.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub async fn find_campaign(connection: &mut PgConnection, id: CampaignId) -> Result<Campaign, Problem> {
    let found = sqlx::query_as!(
        CampaignRow,
        r#"select title, legal_basis, legal_basis_url, opens_on, closes_on, ends_on, capacity, silence_effect, reserved_until,
             answer_within_days, participation_ends, specification_version, specification_url, terms_version, terms_url,
             (select jsonb_object_agg(sector, jsonb_build_object('floor', floor, 'ceiling', ceiling))
              from campaign_sectors where campaign_id = id) as "shares!: Json<Shares>"
          from campaigns where id = $1"#,
        id.0
    )
    .fetch_one(connection)
    .await?;
    Ok(found.into())
}

/// The campaign that receives candidatures on that Paris date; there is one at most.
///
/// # Errors
/// The database's.
pub async fn find_receiving(connection: &mut PgConnection, day: Date) -> Result<Option<CampaignId>, Problem> {
    let found =
        sqlx::query_scalar!("select id from campaigns where $1 between opens_on and closes_on", day).fetch_optional(connection).await?;
    Ok(found.map(CampaignId))
}

/// Counts one more arrival and tells its rank; the campaign's row stays locked until the transaction ends. Nothing when the campaign does
/// not receive candidatures on that Paris date.
pub(super) async fn next_arrival(connection: &mut PgConnection, id: CampaignId, day: Date) -> Result<Option<i32>, Problem> {
    let rank = sqlx::query_scalar!(
        "update campaigns set last_arrival = last_arrival + 1 where id = $1 and $2 between opens_on and closes_on returning last_arrival",
        id.0,
        day
    )
    .fetch_optional(connection)
    .await?;
    Ok(rank)
}

/// Writes a campaign down, and tells its number.
pub(super) async fn add_campaign(
    connection: &mut PgConnection,
    campaign: &Campaign,
    now: OffsetDateTime,
) -> Result<CampaignId, sqlx::Error> {
    let number = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    let (sectors, shares): (Vec<String>, Vec<Share>) =
        campaign.panel.shares.iter().map(|(sector, share)| (sector.to_string(), *share)).unzip();
    let floors: Vec<i32> = shares.iter().map(|share| number(share.floor)).collect();
    let ceilings: Vec<i32> = shares.iter().map(|share| number(share.ceiling)).collect();
    let id = sqlx::query_scalar!(
        r#"with campaign as (
             insert into campaigns (title, legal_basis, legal_basis_url, opens_on, closes_on, ends_on, capacity, created_at,
                 specification_version, specification_url, terms_version, terms_url, silence_effect,
                 reserved_until, answer_within_days, participation_ends)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
             returning id),
         shared as (
             insert into campaign_sectors (campaign_id, sector, floor, ceiling)
             select campaign.id, share.sector, share.floor, share.ceiling
             from campaign, unnest($17::text[], $18::int[], $19::int[]) as share (sector, floor, ceiling))
         select id from campaign"#,
        campaign.title,
        campaign.legal_basis,
        campaign.legal_basis_url,
        campaign.opens_on,
        campaign.closes_on,
        campaign.ends_on,
        number(campaign.capacity),
        now,
        campaign.specification.version,
        campaign.specification.url,
        campaign.terms.version,
        campaign.terms.url,
        campaign.silence_effect.map(|effect| effect.to_string()),
        campaign.panel.reserved_until,
        i32::from(campaign.panel.answer_within_days),
        campaign.panel.participation_ends.to_string(),
        &sectors,
        &floors,
        &ceilings
    )
    .fetch_one(connection)
    .await?;
    Ok(CampaignId(id))
}

/// Keeps a campaign as it is until the transaction ends: its documents do not change between the reading of a tick and its reception.
///
/// # Errors
/// The database's.
pub async fn lock_campaign(connection: &mut PgConnection, id: CampaignId) -> Result<(), Problem> {
    sqlx::query_scalar!("select id from campaigns where id = $1 for no key update", id.0).fetch_one(connection).await?;
    Ok(())
}

/// Whether everybody may read the assessment of a campaign.
pub(super) async fn is_assessed(connection: &mut PgConnection, id: CampaignId) -> Result<bool, Problem> {
    let is_assessed =
        sqlx::query_scalar!(r#"select exists (select from assessment_editions where campaign_id = $1) as "is_assessed!""#, id.0)
            .fetch_one(connection)
            .await?;
    Ok(is_assessed)
}
