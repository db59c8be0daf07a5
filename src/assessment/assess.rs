//! Act: the assessment of a campaign as it stands that day, for a reader. It changes nothing.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Content, Draft, Figure, Quote, Reader, growth, people, shares, store, times};
use crate::{calendar, experimentation::find_campaign, ids::CampaignId, problem::Problem};

/// The figures counted that moment, the passages chosen, the words last saved.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such campaign; the database's.
pub async fn assess(connection: &mut PgConnection, campaign: CampaignId, reader: Reader, now: OffsetDateTime) -> Result<Content, Problem> {
    let told = find_campaign(connection, campaign).await?;
    let draft = find_draft(connection, campaign).await?;
    let excerpts = store::excerpts::find_excerpts(connection, campaign).await?;
    Ok(Content {
        title: told.title,
        legal_basis: told.legal_basis,
        legal_basis_url: told.legal_basis_url,
        ends_on: calendar::civil(told.ends_on).to_string(),
        counted_on: calendar::paris_date(now).to_string(),
        introduction: draft.introduction,
        conclusion: draft.conclusion,
        figures: count(connection, campaign, reader, now).await?,
        quotes: excerpts
            .into_iter()
            .filter(|excerpt| excerpt.is_current)
            .map(|excerpt| Quote { words: excerpt.words, tags: excerpt.tags })
            .collect(),
    })
}

async fn count(connection: &mut PgConnection, campaign: CampaignId, reader: Reader, now: OffsetDateTime) -> Result<Vec<Figure>, Problem> {
    let today = calendar::paris_date(now);
    Ok(vec![
        people::participants(&store::find_participants(connection, campaign).await?, reader),
        shares::of_connections(&store::find_connections(connection, campaign).await?, reader),
        shares::of_accounts(&store::find_accounts(connection, campaign).await?, reader),
        growth::beside_baseline(&store::find_beside_baseline(connection, campaign).await?, reader),
        growth::declared(&store::find_declared_growth(connection, campaign).await?, reader),
        people::drop_outs(store::find_leavings(connection, campaign).await?, reader),
        times::delays(&store::find_delays(connection, campaign).await?),
        times::reports(&store::find_sendings(connection, campaign).await?, today, reader),
    ])
}

/// The words last saved; empty before the first saving.
pub(super) async fn find_draft(connection: &mut PgConnection, campaign: CampaignId) -> Result<Draft, Problem> {
    let none = || Draft { revision: 0, introduction: String::new(), conclusion: String::new(), author: String::new(), saved_at: None };
    Ok(store::editions::find_drafts(connection, campaign).await?.into_iter().next().unwrap_or_else(none))
}
