//! SQL of opinions.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Asked, Opinion, Service, View};
use crate::{
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

/// What was asked about each version of a demande, oldest first.
///
/// # Errors
/// The database's.
pub async fn find_asked(connection: &mut PgConnection, id: ApplicationId) -> Result<Vec<Asked>, Problem> {
    let rows = sqlx::query!(
        r#"select version, service, question, asked_by, given_name || ' ' || family_name as "by_name!", asked_at
        from opinion_requests join accounts on accounts.id = asked_by where application_id = $1 order by version, service"#,
        id.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Asked {
                version: row.version,
                service: row.service.parse().map_err(anyhow::Error::from)?,
                question: row.question,
                by: AccountId(row.asked_by),
                by_name: row.by_name,
                at: row.asked_at,
            })
        })
        .collect()
}

/// What was answered about each version of a demande, oldest first.
///
/// # Errors
/// The database's.
pub async fn find_given(connection: &mut PgConnection, id: ApplicationId) -> Result<Vec<Opinion>, Problem> {
    let rows = sqlx::query!(
        "select version, service, view, reasons, given_by, author_name, author_quality, given_at
        from opinions where application_id = $1 order by version, service",
        id.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Opinion {
                version: row.version,
                service: row.service.parse().map_err(anyhow::Error::from)?,
                view: row.view.parse::<View>().map_err(anyhow::Error::from)?,
                reasons: row.reasons,
                by: AccountId(row.given_by),
                author_name: row.author_name,
                author_quality: row.author_quality,
                at: row.given_at,
            })
        })
        .collect()
}

/// Writes that a service is asked; whether nobody had asked it about that version.
///
/// # Errors
/// The database's.
pub(super) async fn add_asked(
    connection: &mut PgConnection,
    id: ApplicationId,
    version: i32,
    service: Service,
    (by, question): (AccountId, &str),
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let added = sqlx::query!(
        "insert into opinion_requests (application_id, version, service, question, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6)
        on conflict on constraint opinion_requests_pkey do nothing",
        id.0,
        version,
        service.to_string(),
        question,
        by.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(added.rows_affected() > 0)
}

/// Writes an opinion; whether it is the first of its service and of its author on that version.
///
/// # Errors
/// The database's.
pub(super) async fn add_given(connection: &mut PgConnection, id: ApplicationId, opinion: &Opinion) -> Result<bool, Problem> {
    let added = sqlx::query!(
        "insert into opinions (application_id, version, service, view, reasons, given_by, author_name, author_quality, given_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
        id.0,
        opinion.version,
        opinion.service.to_string(),
        opinion.view.to_string(),
        opinion.reasons,
        opinion.by.0,
        opinion.author_name,
        opinion.author_quality,
        opinion.at
    )
    .execute(connection)
    .await?;
    Ok(added.rows_affected() > 0)
}

/// An opinion that is waited for.
#[derive(Clone, Debug)]
pub struct Awaited {
    /// The demande.
    pub application: ApplicationId,
    /// Its organisation.
    pub organisation: String,
    /// Its service.
    pub service_name: String,
    /// Who is asked.
    pub service: Service,
    /// The version to read.
    pub version: i32,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: OffsetDateTime,
}

/// Rows of the list of opinions to give.
const MOST_AWAITED: i64 = 200;

/// What these services are asked and nobody answered, about demandes in progress, but what that person has given another opinion on or may
/// not touch; the oldest first.
///
/// # Errors
/// The database's.
pub async fn find_awaited(connection: &mut PgConnection, services: &[Service], reader: AccountId) -> Result<Vec<Awaited>, Problem> {
    let names: Vec<String> = services.iter().map(ToString::to_string).collect();
    let rows = sqlx::query!(
        r#"select a.id, v.organisation ->> 'name' as "organisation!", a.service_name, r.service, r.version, r.asked_at,
            given_name || ' ' || family_name as "asked_by!"
        from opinion_requests r join applications a on a.id = r.application_id and a.version = r.version
            join application_versions v on v.application_id = a.id and v.number = a.version
            join accounts on accounts.id = r.asked_by
        where a.state in ('submitted', 'changes_requested') and r.service = any($1)
            and not exists (select from opinions o
                where o.application_id = r.application_id and o.version = r.version and (o.service = r.service or o.given_by = $2))
            and a.applicant_id <> $2
            and not exists (select from memberships m where m.organisation_id = a.organisation_id and m.account_id = $2)
        order by r.asked_at, a.id, r.service limit $3"#,
        &names,
        reader.0,
        MOST_AWAITED
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Awaited {
                application: ApplicationId(row.id),
                organisation: row.organisation,
                service_name: row.service_name,
                service: row.service.parse().map_err(anyhow::Error::from)?,
                version: row.version,
                asked_by: row.asked_by,
                asked_at: row.asked_at,
            })
        })
        .collect()
}
