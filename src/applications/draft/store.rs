//! SQL of drafts.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Draft, SavedStep};
use crate::{
    applications::{behalf, form::Form, step::Step, store},
    experimentation,
    fields::Fields,
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

/// Every step saved so far.
///
/// # Errors
/// The database's.
pub async fn find_draft(connection: &mut PgConnection, id: ApplicationId) -> Result<Draft, Problem> {
    let application = store::find(&mut *connection, id).await?;
    let campaign = match application.campaign {
        Some(campaign) => Some(experimentation::find_campaign(&mut *connection, campaign).await?),
        None => None,
    };
    let on_behalf = behalf::find_vendor(&mut *connection, id).await?;
    let rows = sqlx::query!("select step, fields, saved_at, revision from draft_steps where application_id = $1", id.0)
        .fetch_all(connection)
        .await?;
    Ok(Draft::new(
        Form { kind: application.kind, campaign, on_behalf },
        rows.into_iter().filter_map(|row| {
            let step = Step::from_slug(&row.step)?;
            Some((step, SavedStep { fields: Fields::from_json(&row.fields), revision: row.revision, saved_at: row.saved_at }))
        }),
    ))
}

/// Saves a step as typed; its revision grows.
///
/// # Errors
/// The database's.
pub async fn save_draft_step(
    connection: &mut PgConnection,
    id: ApplicationId,
    step: Step,
    fields: Value,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<i32, Problem> {
    let revision = sqlx::query_scalar!(
        "insert into draft_steps (application_id, step, fields, saved_at, saved_by, revision) values ($1, $2, $3, $4, $5, 1)
        on conflict on constraint draft_steps_pkey do update
            set fields = excluded.fields, saved_at = excluded.saved_at, saved_by = excluded.saved_by, revision = draft_steps.revision + 1
        returning revision",
        id.0,
        step.slug(),
        fields,
        now,
        by.0
    )
    .fetch_one(connection)
    .await?;
    Ok(revision)
}
