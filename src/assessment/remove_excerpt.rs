//! Act: a passage is taken out of the assessment in the making. The journal and the database remember it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    accounts::CampaignManager,
    experimentation::find_campaign,
    ids::{CampaignId, ExcerptId},
    journal::{self, CampaignFact, Event, Subject},
    problem::Problem,
};

/// Takes it out; editions that were published keep it. Nothing happens when it is out already.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such campaign; the database's.
pub async fn remove_excerpt(
    connection: &mut PgConnection,
    by: &CampaignManager,
    campaign: CampaignId,
    excerpt: ExcerptId,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let title = find_campaign(connection, campaign).await?.title;
    if !store::excerpts::remove_excerpt(connection, by, (campaign, excerpt), now).await? {
        return Ok(false);
    }
    let fact = CampaignFact::ExcerptRemoved { title, excerpt };
    journal::record(connection, &by.by(), Subject::default(), &Event::OfCampaign(fact), now).await?;
    Ok(true)
}
