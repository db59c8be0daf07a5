//! SQL of drafts.

use serde_json::Value;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::{Draft, SavedStep};
use crate::{
    applications::{application::Kind, behalf, form::Form, prefilled::Prefilled, step::Step, store},
    attachments, calendar,
    criteria::{Outcome, seniority},
    experimentation,
    fields::Fields,
    ids::{AccountId, ApplicationId, OrganisationId},
    organisations,
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
    let on_behalf = behalf::find_vendor(&mut *connection, id).await?;
    let kept = sqlx::query_scalar!("select prefilled from applications where id = $1", id.0).fetch_one(&mut *connection).await?;
    let rows = sqlx::query!(
        r#"select step, fields, saved_at, saved_by, given_name || ' ' || family_name as "saved_by_name!", revision
        from draft_steps join accounts on accounts.id = saved_by where application_id = $1"#,
        id.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let last_worked_on = rows.iter().map(|row| row.saved_at).chain([application.created_at]).max().unwrap_or(application.created_at);
    let asks_evidence = match application.kind {
        Kind::Experiment => lacks_seniority(connection, application.organisation, calendar::paris_day(last_worked_on)).await?,
        Kind::Administration | Kind::PrivateAddressChange | Kind::PrivateIdentityCheck => false,
    };
    let files = attachments::find_of_application(connection, id).await?;
    Ok(Draft::new(
        Form { kind: application.kind, campaign, on_behalf, asks_evidence, prefilled: Prefilled::from_json(&kept) },
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

/// Whether the register does not show, on the day the draft was last worked on, more than three years of activity.
async fn lacks_seniority(connection: &mut PgConnection, organisation: OrganisationId, day: Date) -> Result<bool, Problem> {
    let organisation = organisations::find(connection, organisation).await?;
    Ok(organisation.facts.is_none_or(|facts| seniority(&facts, day).outcome != Outcome::Pass))
}

/// Writes what the steps show before anybody types.
///
/// # Errors
/// The database's.
pub async fn save_prefilled(connection: &mut PgConnection, id: ApplicationId, prefilled: &Prefilled) -> Result<(), Problem> {
    sqlx::query!("update applications set prefilled = $2 where id = $1", id.0, prefilled.to_json()).execute(connection).await?;
    Ok(())
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
