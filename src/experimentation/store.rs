//! SQL of campaigns.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::Campaign;
use crate::problem::Problem;

/// The campaign a visitor is told of on that Paris date: the one that receives candidatures, else the next one announced, else the last
/// one that closed.
///
/// # Errors
/// The database's.
pub async fn find_current(connection: &mut PgConnection, day: Date) -> Result<Option<Campaign>, Problem> {
    let found = sqlx::query!(
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
    Ok(found.map(|row| Campaign {
        title: row.title,
        legal_basis: row.legal_basis,
        legal_basis_url: row.legal_basis_url,
        opens_on: row.opens_on,
        closes_on: row.closes_on,
        ends_on: row.ends_on,
        capacity: row.capacity.unsigned_abs(),
    }))
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
