//! SQL of campaigns.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::Campaign;
use crate::{ids::CampaignId, problem::Problem};

struct CampaignRow {
    title: String,
    legal_basis: String,
    legal_basis_url: String,
    opens_on: Date,
    closes_on: Date,
    ends_on: Date,
    capacity: i32,
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
        }
    }
}

/// The campaign a visitor is told of on that Paris date: the one that receives candidatures, else the next one announced, else the last
/// one that closed.
///
/// # Errors
/// The database's.
pub async fn find_current(connection: &mut PgConnection, day: Date) -> Result<Option<Campaign>, Problem> {
    let found = sqlx::query_as!(
        CampaignRow,
        "select title, legal_basis, legal_basis_url, opens_on, closes_on, ends_on, capacity
         from campaigns
         order by $1 between opens_on and closes_on desc,
                  opens_on > $1 desc,
                  case when opens_on > $1 then opens_on end,
                  closes_on desc
         limit 1",
        day
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.map(Campaign::from))
}

/// A campaign by its number.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub async fn find_campaign(connection: &mut PgConnection, id: CampaignId) -> Result<Campaign, Problem> {
    let found = sqlx::query_as!(
        CampaignRow,
        "select title, legal_basis, legal_basis_url, opens_on, closes_on, ends_on, capacity from campaigns where id = $1",
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

/// Writes a campaign down.
pub(super) async fn add_campaign(connection: &mut PgConnection, campaign: &Campaign, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into campaigns (title, legal_basis, legal_basis_url, opens_on, closes_on, ends_on, capacity, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        campaign.title,
        campaign.legal_basis,
        campaign.legal_basis_url,
        campaign.opens_on,
        campaign.closes_on,
        campaign.ends_on,
        i32::try_from(campaign.capacity).unwrap_or(i32::MAX),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
