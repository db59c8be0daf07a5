//! Act: a candidature arrives, complete, and takes its rank.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{calendar, ids::CampaignId, problem::Problem};

/// Gives a candidature its rank among those of the campaign, from 1 and without a hole, in the order of the transactions that commit. The
/// caller holds the candidature's own lock, asks once in its life, and keeps the rank with it in this same transaction.
///
/// # Errors
/// [`Problem::NotPossible`] when the campaign receives no candidature that day; the database's.
pub async fn arrive(connection: &mut PgConnection, campaign: CampaignId, now: OffsetDateTime) -> Result<i64, Problem> {
    if let Some(rank) = store::save_arrival(connection, campaign, calendar::paris_day(now)).await? {
        return Ok(rank);
    }
    let campaign = store::find_campaign(connection, campaign).await?;
    let (opens_on, closes_on) = (calendar::written(campaign.opens_on), calendar::written(campaign.closes_on));
    Err(Problem::not_possible_but(
        format!(
            "L’expérimentation reçoit les candidatures du {opens_on} au {closes_on}. La vôtre n’a pas été déposée ; tout ce que vous avez saisi est gardé."
        ),
        "Voir mes demandes",
        "/demandes",
    ))
}
