//! SQL of drafts.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Draft, SavedStep};
use crate::{
    applications::{form::Form, step::Step, store},
    attachments, experimentation,
    fields::Fields,
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

/// Every step saved so far, and the files joined.
///
/// # Errors
/// The database's.
pub async fn find_draft(connection: &mut PgConnection, id: ApplicationId) -> Result<Draft, Problem> {
    let application = store::find(&mut *connection, id).await?;
    let campaign = match application.campaign {
        Some(campaign) => Some(experimentation::find_campaign(&mut *connection, campaign).await?),
        None => None,
    };
    let rows = sqlx::query!(
        r#"select step, fields, saved_at, saved_by, given_name || ' ' || family_name as "saved_by_name!", revision
        from draft_steps join accounts on accounts.id = saved_by where application_id = $1"#,
        id.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let files = attachments::find_of_application(connection, id).await?;
    Ok(Draft::new(
        Form { kind: application.kind, campaign },
        rows.into_iter().filter_map(|row| {
            let step = Step::from_slug(&row.step)?;
            let saved = SavedStep {
                fields: Fields::from_json(&row.fields),
                revision: row.revision,
                saved_at: row.saved_at,
                saved_by: AccountId(row.saved_by),
                saved_by_name: row.saved_by_name,
            };
            Some((step, saved))
        }),
        files,
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
