//! SQL of submitted versions.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::Version;
use crate::{
    applications::{application::Application, content::Content, submit::Attestations},
    attachments,
    config::SilenceEffect,
    criteria::Finding,
    ids::ApplicationId,
    organisations::Organisation,
    problem::Problem,
};

/// Writes a version for ever and makes it the current one; the demande's rank of arrival is written with its first version. A change of what
/// was granted is received with the first version it hands in.
///
/// # Errors
/// The database's, constraints included: the content is checked once more there.
#[expect(clippy::too_many_arguments, reason = "a row and its moment")]
pub async fn add_version(
    connection: &mut PgConnection,
    application: &Application,
    organisation: &Organisation,
    content: &Content,
    findings: &[Finding],
    attestations: &Attestations,
    silence_effect: Option<SilenceEffect>,
    now: OffsetDateTime,
) -> Result<i32, Problem> {
    // A change that came to nothing has left versions after the current one.
    let number = sqlx::query_scalar!(
        r#"select coalesce(max(number), 0) + 1 as "number!" from application_versions where application_id = $1"#,
        application.id.0
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into application_versions
            (application_id, number, organisation, content, terms_accepted, dpo_informed, alternative_login, submitted_at, submitted_by,
            findings, explanation, silence_effect)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        application.id.0,
        number,
        serde_json::to_value(organisation).map_err(anyhow::Error::from)?,
        serde_json::to_value(content).map_err(anyhow::Error::from)?,
        attestations.terms_accepted,
        attestations.dpo_informed,
        attestations.alternative_login,
        now,
        application.applicant.0,
        serde_json::to_value(findings).map_err(anyhow::Error::from)?,
        attestations.explanation,
        silence_effect.map(|effect| effect.to_string())
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update applications
        set state = 'submitted', version = $2, service_name = $3, updated_at = $4, arrival_rank = $5, idle_announced_at = null,
            received_at = case when state = 'reopened' then $4 else coalesce(received_at, $4) end
        where id = $1",
        application.id.0,
        number,
        content.service.name,
        now,
        application.arrival_rank
    )
    .execute(connection)
    .await?;
    Ok(number)
}

struct VersionRow {
    number: i32,
    organisation: Value,
    content: Value,
    findings: Value,
    explanation: String,
    silence_effect: Option<String>,
    submitted_at: OffsetDateTime,
    submitted_by: String,
}

impl VersionRow {
    async fn with_files(self, connection: &mut PgConnection, id: ApplicationId) -> Result<Version, Problem> {
        let row = self;
        Ok(Version {
            number: row.number,
            organisation: serde_json::from_value(row.organisation).map_err(anyhow::Error::from)?,
            content: serde_json::from_value(row.content).map_err(anyhow::Error::from)?,
            findings: serde_json::from_value(row.findings).map_err(anyhow::Error::from)?,
            explanation: row.explanation,
            files: attachments::find_of_version(connection, id, row.number).await?,
            silence_effect: row.silence_effect.map(|effect| effect.parse()).transpose().map_err(anyhow::Error::from)?,
            submitted_at: row.submitted_at,
            submitted_by: row.submitted_by,
        })
    }
}

/// A submitted version.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub async fn find_version(connection: &mut PgConnection, id: ApplicationId, number: i32) -> Result<Version, Problem> {
    let row = sqlx::query_as!(
        VersionRow,
        r#"select v.number, v.organisation, v.content, v.findings, v.explanation, v.silence_effect, v.submitted_at, p.given_name || ' ' || p.family_name as "submitted_by!"
        from application_versions v join accounts p on p.id = v.submitted_by
        where v.application_id = $1 and v.number = $2"#,
        id.0,
        number
    )
    .fetch_one(&mut *connection)
    .await?;
    row.with_files(connection, id).await
}

/// Every submitted version, the last one first.
///
/// # Errors
/// The database's.
pub async fn find_versions(connection: &mut PgConnection, id: ApplicationId) -> Result<Vec<Version>, Problem> {
    let rows = sqlx::query_as!(
        VersionRow,
        r#"select v.number, v.organisation, v.content, v.findings, v.explanation, v.silence_effect, v.submitted_at, p.given_name || ' ' || p.family_name as "submitted_by!"
        from application_versions v join accounts p on p.id = v.submitted_by
        where v.application_id = $1 order by v.number desc"#,
        id.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut versions = Vec::with_capacity(rows.len());
    for row in rows {
        versions.push(row.with_files(connection, id).await?);
    }
    Ok(versions)
}
