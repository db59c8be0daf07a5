//! Act: the words around the figures are saved.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Draft, assess::find_draft, store};
use crate::{accounts::CampaignManager, experimentation::find_campaign, ids::CampaignId, problem::Problem};

/// The words around the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// What comes before.
    pub introduction: String,
    /// What comes after.
    pub conclusion: String,
}

/// What became of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// They are kept, as that revision; every earlier one is too.
    Kept(i32),
    /// Somebody saved others since they were read: nothing was written over.
    Overtaken(Draft),
}

/// Saves, after the revision that was seen.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such campaign; the database's.
pub async fn save_draft(
    connection: &mut PgConnection,
    by: &CampaignManager,
    (campaign, seen): (CampaignId, i32),
    texts: &Texts,
    now: OffsetDateTime,
) -> Result<Saved, Problem> {
    find_campaign(connection, campaign).await?;
    let last = find_draft(connection, campaign).await?;
    if last.revision == seen && last.introduction == texts.introduction && last.conclusion == texts.conclusion {
        return Ok(Saved::Kept(seen));
    }
    if store::editions::add_draft(connection, by, (campaign, seen), texts, now).await? {
        return Ok(Saved::Kept(seen + 1));
    }
    Ok(Saved::Overtaken(find_draft(connection, campaign).await?))
}
