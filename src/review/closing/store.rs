//! SQL of closings.

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::unanswered::{Unanswered, Warning};
use crate::{
    accounts::Reviewer,
    applications::{Application, State, Version},
    calendar,
    ids::ApplicationId,
    notifications::Author,
    problem::Problem,
};

/// A demande, or the change of what it granted, that was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Which version.
    pub version: i32,
    /// What its applicant was told, paragraph by paragraph.
    pub says: Vec<String>,
    /// When.
    pub at: OffsetDateTime,
}

impl Closing {
    /// Whether nothing came after it: the demande, in that state, is closed or back as it was granted, and no version was handed in since.
    pub fn stands(&self, state: State, versions: &[Version]) -> bool {
        matches!(state, State::Closed | State::Approved) && versions.iter().all(|version| version.number <= self.version)
    }
}

/// What a demande sent back waits for; nothing when it is not back with its applicant.
///
/// # Errors
/// The database's.
pub async fn find_unanswered(connection: &mut PgConnection, application: &Application) -> Result<Option<Unanswered>, Problem> {
    let row = sqlx::query!(
        r#"select decision.decided_at, request.limit_on as "items_until?", warning.warned_at as "warned_at?", warning.limit_on as "limit_on?"
        from applications a
            join decisions decision on decision.application_id = a.id and decision.version = a.version
                and decision.outcome = 'changes_requested'
            left join missing_item_requests request on request.application_id = a.id and request.version = a.version
            left join closing_warnings warning on warning.application_id = a.id and warning.version = a.version
        where a.id = $1 and a.state = 'changes_requested' order by decision.decided_at desc limit 1"#,
        application.id.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Unanswered {
        asked_on: calendar::paris_date(row.decided_at),
        items_until: row.items_until.map(calendar::civil),
        is_private: application.kind.is_private(),
        is_change: application.is_change(),
        warning: row
            .warned_at
            .zip(row.limit_on)
            .map(|(at, limit_on)| Warning { on: calendar::paris_date(at), limit_on: calendar::civil(limit_on) }),
    }))
}

/// How a demande was closed, the last time.
///
/// # Errors
/// The database's.
pub async fn find_closing(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<Closing>, Problem> {
    let row = sqlx::query!("select version, says, closed_at from closings where application_id = $1 order by version desc limit 1", id.0)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| Closing { version: row.version, says: row.says, at: row.closed_at }))
}

/// Writes the warning down.
///
/// # Errors
/// The database's.
pub(super) async fn add_warning(
    connection: &mut PgConnection,
    by: &Reviewer,
    application: &Application,
    limit_on: Date,
    author: &Author,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into closing_warnings
            (application_id, version, limit_on, warned_by, author_name, author_quality, author_service, warned_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)",
        application.id.0,
        application.version,
        calendar::kept(limit_on),
        by.person().account.0,
        author.name,
        author.quality,
        author.service,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes the closing down.
///
/// # Errors
/// The database's.
pub(super) async fn add_closing(
    connection: &mut PgConnection,
    by: &Reviewer,
    application: &Application,
    limit_on: Date,
    says: &[String],
    author: &Author,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into closings
            (application_id, version, limit_on, says, closed_by, author_name, author_quality, author_service, closed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        application.id.0,
        application.version,
        calendar::kept(limit_on),
        says,
        by.person().account.0,
        author.name,
        author.quality,
        author.service,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
