//! SQL of the changes of campaigns, and of the places they must leave alone.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use crate::{
    experimentation::{Campaign, CampaignChange, ChangeState, Signed},
    ids::{AccountId, CampaignChangeId, CampaignId},
    problem::Problem,
};

struct ChangeRow {
    id: i64,
    campaign_id: Option<i64>,
    reason: String,
    before: Option<Json<Campaign>>,
    after: Json<Campaign>,
    proposed_by: i64,
    proposed_by_name: String,
    proposed_at: OffsetDateTime,
    state: String,
    settled_by: Option<i64>,
    settled_by_name: Option<String>,
    settled_at: Option<OffsetDateTime>,
    answer: String,
}

impl TryFrom<ChangeRow> for CampaignChange {
    type Error = Problem;

    fn try_from(row: ChangeRow) -> Result<Self, Problem> {
        let settled = row.settled_by.zip(row.settled_by_name).zip(row.settled_at);
        Ok(Self {
            id: CampaignChangeId(row.id),
            campaign: row.campaign_id.map(CampaignId),
            reason: row.reason,
            before: row.before.map(|before| before.0),
            after: row.after.0,
            proposed: Signed { account: AccountId(row.proposed_by), name: row.proposed_by_name, at: row.proposed_at },
            state: row.state.parse().map_err(anyhow::Error::from)?,
            settled: settled.map(|((account, name), at)| Signed { account: AccountId(account), name, at }),
            answer: row.answer,
        })
    }
}

/// What is written down when somebody proposes.
#[derive(Debug)]
pub(in crate::experimentation) struct NewChange<'a> {
    pub campaign: Option<CampaignId>,
    pub reason: &'a str,
    pub before: Option<&'a Campaign>,
    pub after: &'a Campaign,
    pub by: (AccountId, String),
}

/// Writes a proposal down.
pub(in crate::experimentation) async fn add_change(
    connection: &mut PgConnection,
    new: &NewChange<'_>,
    now: OffsetDateTime,
) -> Result<CampaignChangeId, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "insert into campaign_changes (campaign_id, reason, before, after, proposed_by, proposed_by_name, proposed_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        new.campaign.map(|id| id.0),
        new.reason,
        new.before.map(Json) as _,
        Json(new.after) as _,
        new.by.0.0,
        new.by.1,
        now
    )
    .fetch_one(connection)
    .await?;
    Ok(CampaignChangeId(id))
}

/// A proposal, whatever became of it.
///
/// # Errors
/// [`Problem::NotFound`] when there is none; the database's.
pub async fn find_change(connection: &mut PgConnection, id: CampaignChangeId) -> Result<CampaignChange, Problem> {
    sqlx::query_as!(
        ChangeRow,
        r#"select id, campaign_id, reason, before as "before: Json<Campaign>", after as "after: Json<Campaign>", proposed_by,
             proposed_by_name, proposed_at, state, settled_by, settled_by_name, settled_at, answer
         from campaign_changes where id = $1"#,
        id.0
    )
    .fetch_one(connection)
    .await?
    .try_into()
}

/// A proposal, once whoever is settling it is done.
pub(in crate::experimentation) async fn lock_change(
    connection: &mut PgConnection,
    id: CampaignChangeId,
) -> Result<CampaignChange, Problem> {
    sqlx::query_scalar!("select id from campaign_changes where id = $1 for update", id.0).fetch_one(&mut *connection).await?;
    find_change(connection, id).await
}

/// Settles a proposal; `campaign` is the one it belongs to from now on, when it was a new one.
pub(in crate::experimentation) async fn save_settled(
    connection: &mut PgConnection,
    change: &CampaignChange,
    state: ChangeState,
    by: (AccountId, &str),
    answer: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "update campaign_changes
         set state = $2, settled_by = $3, settled_by_name = $4, settled_at = $5, answer = $6, campaign_id = $7 where id = $1",
        change.id.0,
        state.to_string(),
        by.0.0,
        by.1,
        now,
        answer,
        change.campaign.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What was ever proposed for a campaign, the most recent first.
///
/// # Errors
/// The database's.
pub async fn find_changes_of(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<CampaignChange>, Problem> {
    let rows = sqlx::query_as!(
        ChangeRow,
        r#"select id, campaign_id, reason, before as "before: Json<Campaign>", after as "after: Json<Campaign>", proposed_by,
             proposed_by_name, proposed_at, state, settled_by, settled_by_name, settled_at, answer
         from campaign_changes where campaign_id = $1 order by id desc"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(CampaignChange::try_from).collect()
}

/// What waits for a second person, the oldest first, and the new campaigns that never were, the most recent first.
///
/// # Errors
/// The database's.
pub async fn find_loose_changes(connection: &mut PgConnection) -> Result<Vec<CampaignChange>, Problem> {
    let rows = sqlx::query_as!(
        ChangeRow,
        r#"select id, campaign_id, reason, before as "before: Json<Campaign>", after as "after: Json<Campaign>", proposed_by,
             proposed_by_name, proposed_at, state, settled_by, settled_by_name, settled_at, answer
         from campaign_changes where state = 'proposed' or campaign_id is null
         order by state = 'proposed' desc, case when state = 'proposed' then id end, id desc limit 100"#
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(CampaignChange::try_from).collect()
}

/// The changes of a campaign that hold, the first one first: its history.
///
/// # Errors
/// The database's.
pub async fn find_agreed(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<CampaignChange>, Problem> {
    let mut agreed = find_changes_of(connection, campaign).await?;
    agreed.retain(|change| change.state == ChangeState::Agreed);
    // One waits at a time: they were agreed in the order in which they were proposed.
    agreed.reverse();
    Ok(agreed)
}

/// The last change of a campaign that holds; none while it is as it was written down.
///
/// # Errors
/// The database's.
pub async fn find_last_agreed(connection: &mut PgConnection, campaign: CampaignId) -> Result<Option<CampaignChangeId>, Problem> {
    let last = sqlx::query_scalar!(
        "select id from campaign_changes where campaign_id = $1 and state = 'agreed' order by settled_at desc, id desc limit 1",
        campaign.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(last.map(CampaignChangeId))
}

/// Every campaign, the one that opens last first.
///
/// # Errors
/// The database's.
pub async fn find_campaigns(connection: &mut PgConnection) -> Result<Vec<(CampaignId, Campaign)>, Problem> {
    let ids = sqlx::query_scalar!("select id from campaigns order by opens_on desc").fetch_all(&mut *connection).await?;
    let mut campaigns = Vec::new();
    for id in ids.into_iter().map(CampaignId) {
        campaigns.push((id, super::find_campaign(connection, id).await?));
    }
    Ok(campaigns)
}

/// A campaign and the lock of its row: nobody arrives in it before the transaction ends.
pub(in crate::experimentation) async fn lock_whole(connection: &mut PgConnection, id: CampaignId) -> Result<Campaign, Problem> {
    sqlx::query_scalar!("select id from campaigns where id = $1 for update", id.0).fetch_one(&mut *connection).await?;
    super::find_campaign(connection, id).await
}

/// Complete candidatures that ever arrived in a campaign.
pub(in crate::experimentation) async fn count_arrivals(connection: &mut PgConnection, id: CampaignId) -> Result<u32, Problem> {
    let arrivals = sqlx::query_scalar!("select last_arrival from campaigns where id = $1", id.0).fetch_one(connection).await?;
    Ok(arrivals.unsigned_abs())
}

/// Writes everything a campaign says, but its capacity and its panel, which its line follows.
pub(in crate::experimentation) async fn save_whole(
    connection: &mut PgConnection,
    id: CampaignId,
    campaign: &Campaign,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update campaigns set title = $2, legal_basis = $3, legal_basis_url = $4, opens_on = $5, closes_on = $6, ends_on = $7,
             silence_effect = $8, answer_within_days = $9, participation_ends = $10,
             specification_version = $11, specification_url = $12, terms_version = $13, terms_url = $14
         where id = $1",
        id.0,
        campaign.title,
        campaign.legal_basis,
        campaign.legal_basis_url,
        campaign.opens_on,
        campaign.closes_on,
        campaign.ends_on,
        campaign.silence_effect.map(|effect| effect.to_string()),
        i32::from(campaign.panel.answer_within_days),
        campaign.panel.participation_ends.to_string(),
        campaign.specification.version,
        campaign.specification.url,
        campaign.terms.version,
        campaign.terms.url
    )
    .execute(connection)
    .await?;
    Ok(())
}
