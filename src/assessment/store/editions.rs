//! SQL of what is written of the assessment, and of its editions.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use crate::{
    accounts::CampaignManager,
    assessment::{Content, Draft, Edition, Texts},
    ids::CampaignId,
    problem::Problem,
};

/// Savings shown at most.
const MOST_SAVINGS: i64 = 20;

/// What was saved, the last first; the last twenty.
///
/// # Errors
/// The database's.
pub async fn find_drafts(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<Draft>, Problem> {
    let drafts = sqlx::query_as!(
        Draft,
        r#"select revision, introduction, conclusion, author_name as author, saved_at as "saved_at?"
        from assessment_drafts where campaign_id = $1 order by revision desc limit $2"#,
        campaign.0,
        MOST_SAVINGS
    )
    .fetch_all(connection)
    .await?;
    Ok(drafts)
}

/// Adds a saving after the revision that was seen; whether nobody had saved meanwhile.
///
/// # Errors
/// The database's.
pub async fn add_draft(
    connection: &mut PgConnection,
    by: &CampaignManager,
    (campaign, seen): (CampaignId, i32),
    texts: &Texts,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let added = sqlx::query!(
        "insert into assessment_drafts (campaign_id, revision, introduction, conclusion, saved_by, author_name, saved_at)
        select $1, $2 + 1, $3, $4, $5, $6, $7
        where $2 = coalesce((select max(revision) from assessment_drafts where campaign_id = $1), 0)
        on conflict (campaign_id, revision) do nothing",
        campaign.0,
        seen,
        texts.introduction,
        texts.conclusion,
        by.person().account.0,
        by.person().full_name(),
        now
    )
    .execute(connection)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// The editions of a campaign, the first one first.
///
/// # Errors
/// The database's.
pub async fn find_editions(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<Edition>, Problem> {
    let rows = sqlx::query!(
        r#"select number, content as "content: Json<Content>", reason, author_name, published_at
        from assessment_editions where campaign_id = $1 order by number"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    let edition = |(number, content, reason, author, published_at)| Edition { number, content, reason, author, published_at };
    Ok(rows.into_iter().map(|row| edition((row.number, row.content.0, row.reason, row.author_name, row.published_at))).collect())
}

/// An edition of a campaign.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub async fn find_edition(connection: &mut PgConnection, campaign: CampaignId, number: i32) -> Result<Edition, Problem> {
    find_editions(connection, campaign).await?.into_iter().find(|edition| edition.number == number).ok_or(Problem::NotFound)
}

/// The campaign whose assessment was published last, if one was.
///
/// # Errors
/// The database's.
pub async fn find_last_assessed(connection: &mut PgConnection) -> Result<Option<CampaignId>, Problem> {
    let found = sqlx::query_scalar!("select campaign_id from assessment_editions order by published_at desc, campaign_id desc limit 1")
        .fetch_optional(connection)
        .await?;
    Ok(found.map(CampaignId))
}

/// Adds an edition.
///
/// # Errors
/// The database's: the constraint that refuses it, when one does.
pub async fn add_edition(
    connection: &mut PgConnection,
    by: &CampaignManager,
    (campaign, number): (CampaignId, i32),
    (content, reason): (&Content, &str),
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into assessment_editions (campaign_id, number, content, reason, published_by, author_name, published_at)
        values ($1, $2, $3, $4, $5, $6, $7)",
        campaign.0,
        number,
        Json(content) as _,
        reason,
        by.person().account.0,
        by.person().full_name(),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
