//! SQL of the words of users, and of the passages chosen from them.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use crate::{
    accounts::CampaignManager,
    assessment::{Choice, Excerpt, Source},
    calendar,
    ids::{ApplicationId, AuthorizationId, CampaignId, ExcerptId},
    participation::Month,
    problem::Problem,
};

fn first_day(month: Month) -> Date {
    calendar::kept(month.first_day())
}

/// What users say in the reports of a month, or in one of them, by their last versions; the participants in the order of their names.
///
/// # Errors
/// The database's.
pub async fn find_sources(
    connection: &mut PgConnection,
    campaign: CampaignId,
    month: Month,
    application: Option<ApplicationId>,
) -> Result<Vec<Source>, Problem> {
    let rows = sqlx::query!(
        r#"select distinct on (p.holder, r.application_id) r.application_id, p.authorization_id as "authorization_id!", p.holder as "holder!",
            p.service as "service!", r.number, r.users_words,
            (select count(*) from assessment_excerpts e
                where e.application_id = r.application_id and e.month = r.month and e.removed_at is null) as "chosen!"
        from monthly_reports r join standings s on s.application_id = r.application_id
        join participations p on p.application_id = r.application_id
        where s.campaign_id = $1 and r.month = $2 and ($3::bigint is null or r.application_id = $3)
        order by p.holder, r.application_id, r.number desc"#,
        campaign.0,
        first_day(month),
        application.map(|application| application.0)
    )
    .fetch_all(connection)
    .await?;
    let sources = rows.into_iter().map(|row| Source {
        application: ApplicationId(row.application_id),
        authorization: AuthorizationId(row.authorization_id),
        holder: row.holder,
        service: row.service,
        month,
        number: row.number,
        words: row.users_words,
        chosen: row.chosen,
    });
    Ok(sources.collect())
}

/// The months that have reports, the last first, and how many reports each has.
///
/// # Errors
/// The database's.
pub async fn find_months(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<(Month, i64)>, Problem> {
    let rows = sqlx::query!(
        r#"select r.month, count(*) as "reports!" from monthly_reports r join standings s on s.application_id = r.application_id
        where s.campaign_id = $1 and r.number = 1 group by r.month order by r.month desc"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (Month::of(calendar::civil(row.month)), row.reports)).collect())
}

/// The passages chosen for a campaign and not removed, in the order in which they were chosen.
///
/// # Errors
/// The database's.
pub async fn find_excerpts(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<Excerpt>, Problem> {
    let rows = sqlx::query!(
        r#"select e.id, e.application_id, p.holder as "holder!", e.month, e.words, e.tags, e.author_name, e.chosen_at,
            exists (select from monthly_reports r
                where (r.application_id, r.month) = (e.application_id, e.month) and position(e.words in r.users_words) > 0
                    and not exists (select from monthly_reports later
                        where (later.application_id, later.month) = (r.application_id, r.month) and later.number > r.number)) as "is_current!"
        from assessment_excerpts e join participations p on p.application_id = e.application_id
        where e.campaign_id = $1 and e.removed_at is null order by e.id"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    let excerpts = rows.into_iter().map(|row| Excerpt {
        id: ExcerptId(row.id),
        application: ApplicationId(row.application_id),
        holder: row.holder,
        month: Month::of(calendar::civil(row.month)),
        words: row.words,
        // The database holds no other word.
        tags: row.tags.iter().filter_map(|tag| tag.parse().ok()).collect(),
        chosen_by: row.author_name,
        chosen_at: row.chosen_at,
        is_current: row.is_current,
    });
    Ok(excerpts.collect())
}

/// Adds a passage.
///
/// # Errors
/// The database's: the constraint that refuses it, when one does.
pub async fn add_excerpt(
    connection: &mut PgConnection,
    by: &CampaignManager,
    campaign: CampaignId,
    choice: &Choice,
    now: OffsetDateTime,
) -> Result<ExcerptId, sqlx::Error> {
    let tags: Vec<String> = choice.tags.iter().map(ToString::to_string).collect();
    let id = sqlx::query_scalar!(
        "insert into assessment_excerpts (campaign_id, application_id, month, number, words, tags, chosen_by, author_name, chosen_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
        campaign.0,
        choice.source.application.0,
        first_day(choice.source.month),
        choice.source.number,
        choice.words,
        &tags,
        by.person().account.0,
        by.person().full_name(),
        now
    )
    .fetch_one(connection)
    .await?;
    Ok(ExcerptId(id))
}

/// Takes a passage of a campaign out; whether it was still there.
///
/// # Errors
/// The database's.
pub async fn remove_excerpt(
    connection: &mut PgConnection,
    by: &CampaignManager,
    (campaign, id): (CampaignId, ExcerptId),
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let removed = sqlx::query!(
        "update assessment_excerpts set removed_by = $3, removed_by_name = $4, removed_at = $5
        where campaign_id = $1 and id = $2 and removed_at is null",
        campaign.0,
        id.0,
        by.person().account.0,
        by.person().full_name(),
        now
    )
    .execute(connection)
    .await?;
    Ok(removed.rows_affected() == 1)
}
