//! SQL of requests to go to production.

use std::collections::HashMap;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Asking, Check, JourneyCheck, Request, Waiting, checklist::is_favourable};
use crate::{
    accounts::{Applicant, Reviewer},
    attachments::{self, Attachment},
    ids::{AccountId, AuthorizationId},
    notifications::Author,
    problem::Problem,
};

/// The requests about a right, the last first.
///
/// # Errors
/// The database's.
pub async fn find_requests(connection: &mut PgConnection, right: AuthorizationId) -> Result<Vec<Request>, Problem> {
    let rows = sqlx::query!(
        r#"select r.id, r.url, r.contact_name, r.contact_email, r.wished_on, r.note, r.author_name, r.asked_at, c.favourable as "favourable?",
            c.reasons as "reasons?", c.points as "points?", c.author_name as "checked_by?", c.author_quality as "checked_as?",
            c.author_service as "checked_for?", c.checked_at as "checked_at?"
        from go_live_requests r left join journey_checks c on c.request_id = r.id where r.authorization_id = $1 order by r.id desc"#,
        right.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut screens = find_screens(connection, right).await?;
    rows.into_iter()
        .map(|row| {
            let author = match (row.checked_by, row.checked_as, row.checked_for) {
                (Some(name), Some(quality), Some(service)) => Some(Author { name, quality, service }),
                _ => None,
            };
            let check = match (row.favourable, row.reasons, row.points, author, row.checked_at) {
                (Some(favourable), Some(reasons), Some(points), Some(author), Some(checked_at)) => {
                    let points = serde_json::from_value(points).map_err(anyhow::Error::from)?;
                    Some(JourneyCheck { favourable, reasons, points, author, checked_at })
                }
                _ => None,
            };
            Ok(Request {
                id: row.id,
                url: row.url,
                contact_name: row.contact_name,
                contact_email: row.contact_email,
                wished_on: row.wished_on,
                note: row.note,
                screens: screens.remove(&row.id).unwrap_or_default(),
                author: row.author_name,
                asked_at: row.asked_at,
                check,
            })
        })
        .collect()
}

/// The screens of each request about a right, in their order.
async fn find_screens(connection: &mut PgConnection, right: AuthorizationId) -> Result<HashMap<i64, Vec<Attachment>>, Problem> {
    let links = sqlx::query!(
        "select request_id, attachment_id from go_live_attachments join go_live_requests r on r.id = request_id
        where r.authorization_id = $1 order by request_id, place",
        right.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let links: Vec<_> = links.into_iter().map(|link| (link.request_id, link.attachment_id)).collect();
    attachments::find_tied(connection, &links).await
}

/// Who sent that screen with a request, and about which right; nothing when the file came otherwise.
pub(super) async fn find_asker(connection: &mut PgConnection, screen: Uuid) -> Result<Option<(AuthorizationId, AccountId)>, Problem> {
    let sent = sqlx::query!(
        "select r.authorization_id, r.asked_by from go_live_attachments join go_live_requests r on r.id = request_id where attachment_id = $1",
        screen
    )
    .fetch_optional(connection)
    .await?;
    Ok(sent.map(|sent| (AuthorizationId(sent.authorization_id), AccountId(sent.asked_by))))
}

/// Ties a screen to a request, at that place from 1.
pub(super) async fn add_screen(connection: &mut PgConnection, request: i64, place: usize, screen: Uuid) -> Result<(), Problem> {
    sqlx::query!(
        "insert into go_live_attachments (request_id, place, attachment_id) values ($1, $2, $3)",
        request,
        i16::try_from(place).map_err(anyhow::Error::from)?,
        screen
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Those that wait for the team, the oldest first.
///
/// # Errors
/// The database's.
pub async fn find_waiting(connection: &mut PgConnection) -> Result<Vec<Waiting>, Problem> {
    let rows = sqlx::query!(
        r#"select r.authorization_id, h.organisation ->> 'name' as "organisation!", h.content #>> '{service,name}' as "service!", r.wished_on,
            r.asked_at
        from go_live_requests r join authorizations h on h.id = r.authorization_id where r.answered_at is null order by r.asked_at, r.id"#
    )
    .fetch_all(connection)
    .await?;
    let waiting = rows.into_iter().map(|row| Waiting {
        authorization: AuthorizationId(row.authorization_id),
        organisation: row.organisation,
        service: row.service,
        wished_on: row.wished_on,
        asked_at: row.asked_at,
    });
    Ok(waiting.collect())
}

/// Writes a request down; its number.
pub(super) async fn add(
    connection: &mut PgConnection,
    by: &Applicant,
    right: AuthorizationId,
    asking: &Asking,
    now: OffsetDateTime,
) -> Result<i64, Problem> {
    let id = sqlx::query_scalar!(
        "insert into go_live_requests (authorization_id, url, contact_name, contact_email, wished_on, note, asked_by, author_name, asked_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
        right.0,
        asking.url,
        asking.contact_name,
        asking.contact_email.as_str(),
        asking.wished_on,
        asking.note,
        by.person().account.0,
        by.person().full_name(),
        now
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// Writes what was found, and answers the request: the database refuses a second answer.
pub(super) async fn add_check(
    connection: &mut PgConnection,
    by: &Reviewer,
    request: i64,
    check: &Check,
    author: &Author,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into journey_checks (request_id, favourable, reasons, points, checked_by, author_name, author_quality, author_service, checked_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        request,
        is_favourable(&check.points),
        check.reasons,
        serde_json::to_value(&check.points).map_err(anyhow::Error::from)?,
        by.person().account.0,
        author.name,
        author.quality,
        author.service,
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("update go_live_requests set answered_at = $2 where id = $1", request, now).execute(connection).await?;
    Ok(())
}
