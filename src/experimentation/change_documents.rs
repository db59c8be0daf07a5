//! An operator writes down that a document candidates commit to has another version.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Campaign, Document, store};
use crate::{
    journal::{self, By, Event, Subject},
    problem::Problem,
};

/// Changes the documents of a campaign; whoever ticked a version that is no longer the last must tick again before they hand in.
///
/// # Errors
/// [`Problem::NotPossible`] when there is no such campaign or a document cannot be; the database's.
pub async fn change_documents(
    connection: &mut PgConnection,
    by: &By,
    title: &str,
    specification: Option<Document>,
    terms: Option<Document>,
    now: OffsetDateTime,
) -> Result<Campaign, Problem> {
    let Some(before) = store::lock_by_title(connection, title).await? else {
        return Err(Problem::not_possible("no campaign has this title"));
    };
    let campaign = Campaign {
        specification: specification.unwrap_or_else(|| before.specification.clone()),
        terms: terms.unwrap_or_else(|| before.terms.clone()),
        ..before
    };
    campaign.check().map_err(|fault| Problem::not_possible(fault.to_string()))?;
    store::save_documents(connection, title, &campaign.specification, &campaign.terms).await?;
    let event = Event::CampaignDocumentsChanged {
        title: campaign.title.clone(),
        specification: campaign.specification.version.clone(),
        terms: campaign.terms.version.clone(),
    };
    journal::record(connection, by, Subject::default(), &event, now).await?;
    Ok(campaign)
}
