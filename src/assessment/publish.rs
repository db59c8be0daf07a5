//! Act: an edition of the assessment is published, and frozen.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Reader, assess::assess, store};
use crate::{
    accounts::CampaignManager,
    experimentation::lock_campaign,
    ids::CampaignId,
    journal::{self, CampaignFact, Event, Subject},
    problem::Problem,
};

/// What is published.
#[derive(Clone, Debug)]
pub struct Publishing {
    /// The number it will have: one after the last.
    pub number: i32,
    /// What tells the text and the figures that were read from any others.
    pub read: String,
    /// Why there is another edition; nothing for the first.
    pub reason: String,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// Everybody reads it.
    Done,
    /// Text or figures are no longer those that were read.
    Changed,
    /// The introduction or the conclusion is empty.
    Unwritten,
    /// Somebody published that edition first.
    Already,
}

/// Publishes exactly what was read: a report, a passage or a word that came meanwhile makes it another assessment, to be read again.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such campaign; the database's.
pub async fn publish(
    connection: &mut PgConnection,
    by: &CampaignManager,
    campaign: CampaignId,
    asked: &Publishing,
    now: OffsetDateTime,
) -> Result<Published, Problem> {
    lock_campaign(connection, campaign).await?;
    let editions = store::editions::find_editions(connection, campaign).await?;
    let next = editions.last().map_or(1, |edition| edition.number + 1);
    if asked.number != next {
        return Ok(Published::Already);
    }
    let content = assess(connection, campaign, Reader::Public, now).await?;
    if content.introduction.trim().is_empty() || content.conclusion.trim().is_empty() {
        return Ok(Published::Unwritten);
    }
    if content.fingerprint().map_err(anyhow::Error::from)? != asked.read {
        return Ok(Published::Changed);
    }
    store::editions::add_edition(connection, by, (campaign, next), (&content, &asked.reason), now).await?;
    let fact = CampaignFact::AssessmentPublished { title: content.title, edition: next, reason: asked.reason.clone() };
    journal::record(connection, &by.by(), Subject::default(), &Event::OfCampaign(fact), now).await?;
    Ok(Published::Done)
}
