//! SQL of decisions, prepared and taken.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    decision::{Decision, Outcome},
    ground::Ground,
    prepare::Writing,
    prepared::{Prepared, Returned, Signature},
};
use crate::{
    ids::{AccountId, ApplicationId},
    notifications::Author,
    problem::Problem,
};

pub(super) mod reopenings;

/// Writes a decision on the current version. A version is decided once in each opening of the demande: the database refuses a second one.
///
/// # Errors
/// The database's.
pub(in crate::review) async fn add_decision(
    connection: &mut PgConnection,
    (decided_by, prepared_by): (AccountId, Option<AccountId>),
    application: ApplicationId,
    decision: &Decision,
) -> Result<i64, Problem> {
    let id = sqlx::query_scalar!(
        "insert into decisions (application_id, version, outcome, ground, in_law, message, decided_by, prepared_by, author_name,
            author_quality, author_service, decided_at, opening)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, (select count(*) from reopenings where application_id = $1))
        returning id",
        application.0,
        decision.version,
        decision.outcome.to_string(),
        decision.ground.map(|ground| ground.to_string()),
        decision.in_law,
        decision.message,
        decided_by.0,
        prepared_by.map(|account| account.0),
        decision.author.name,
        decision.author.quality,
        decision.author.service,
        decision.decided_at
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// The last decision on a demande.
///
/// # Errors
/// The database's.
pub async fn find_last_decision(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<Decision>, Problem> {
    let row = sqlx::query!(
        "select version, outcome, ground, in_law, message, author_name, author_quality, author_service, decided_at
        from decisions where application_id = $1 order by version desc, opening desc limit 1",
        id.0
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let ground = row.ground.map(|ground| ground.parse::<Ground>()).transpose().map_err(anyhow::Error::from)?;
        Ok(Decision {
            version: row.version,
            outcome: row.outcome.parse::<Outcome>().map_err(anyhow::Error::from)?,
            // Older refusals said the sentence of their ground.
            in_law: ground.filter(|_| row.in_law.is_empty()).map_or(row.in_law, Ground::in_law),
            ground,
            message: row.message,
            author: Author { name: row.author_name, quality: row.author_quality, service: row.author_service },
            decided_at: row.decided_at,
        })
    })
    .transpose()
}

/// The decision that is being written on a demande.
///
/// # Errors
/// The database's.
pub async fn find_prepared(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<Prepared>, Problem> {
    let row = sqlx::query!(
        r#"select p.version, p.outcome, p.ground, p.in_law, p.message, p.prepared_by, p.prepared_at, p.revision, p.signed_by, p.author_name,
            p.author_quality, p.author_service, p.signed_at, p.leaves_at, p.returned_because, p.returned_at, p.needs_rework,
            preparer.given_name || ' ' || preparer.family_name as "preparer!",
            returner.given_name || ' ' || returner.family_name as returner
        from prepared_decisions p join accounts preparer on preparer.id = p.prepared_by
            left join accounts returner on returner.id = p.returned_by
        where p.application_id = $1"#,
        id.0
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let signature = match (row.signed_by, row.author_name, row.author_quality, row.author_service, row.signed_at, row.leaves_at) {
        (Some(by), Some(name), Some(quality), Some(service), Some(signed_at), Some(leaves_at)) => {
            Some(Signature { by: AccountId(by), author: Author { name, quality, service }, signed_at, leaves_at })
        }
        _ => None,
    };
    let returned = row.returned_because.zip(row.returned_at).map(|(because, at)| Returned {
        by: row.returner,
        because,
        at,
        needs_rework: row.needs_rework,
    });
    Ok(Some(Prepared {
        application: id,
        version: row.version,
        outcome: row.outcome.parse().map_err(anyhow::Error::from)?,
        ground: row.ground.map(|ground| ground.parse()).transpose().map_err(anyhow::Error::from)?,
        in_law: row.in_law,
        message: row.message,
        prepared_by: AccountId(row.prepared_by),
        preparer: row.preparer,
        prepared_at: row.prepared_at,
        revision: row.revision,
        signature,
        returned,
    }))
}

/// Writes what is prepared, anew if something was; the revision it has.
///
/// # Errors
/// The database's.
pub(super) async fn save_prepared(
    connection: &mut PgConnection,
    by: AccountId,
    id: ApplicationId,
    writing: &Writing,
    now: OffsetDateTime,
) -> Result<i32, Problem> {
    let revision = sqlx::query_scalar!(
        "insert into prepared_decisions (application_id, version, outcome, ground, in_law, message, prepared_by, prepared_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict on constraint prepared_decisions_pkey do update set version = excluded.version, outcome = excluded.outcome,
            ground = excluded.ground, in_law = excluded.in_law, message = excluded.message, prepared_by = excluded.prepared_by,
            prepared_at = excluded.prepared_at, revision = prepared_decisions.revision + 1, signed_by = null, author_name = null,
            author_quality = null, author_service = null, signed_at = null, leaves_at = null, returned_by = null, returned_because = null,
            returned_at = null, needs_rework = false
        returning revision",
        id.0,
        writing.shown,
        writing.outcome.to_string(),
        writing.ground.map(|ground| ground.to_string()),
        writing.in_law,
        writing.message,
        by.0,
        now
    )
    .fetch_one(connection)
    .await?;
    Ok(revision)
}

/// Writes a signature; what was said when it came back is over.
///
/// # Errors
/// The database's.
pub(super) async fn save_signature(connection: &mut PgConnection, id: ApplicationId, signature: &Signature) -> Result<(), Problem> {
    sqlx::query!(
        "update prepared_decisions set signed_by = $2, author_name = $3, author_quality = $4, author_service = $5, signed_at = $6,
            leaves_at = $7, returned_by = null, returned_because = null, returned_at = null
        where application_id = $1",
        id.0,
        signature.by.0,
        signature.author.name,
        signature.author.quality,
        signature.author.service,
        signature.signed_at,
        signature.leaves_at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes why a decision comes back, unsigned. Whoever read it before must read it again.
///
/// # Errors
/// The database's.
pub(super) async fn save_returned(
    connection: &mut PgConnection,
    id: ApplicationId,
    by: Option<AccountId>,
    (because, needs_rework): (&str, bool),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "update prepared_decisions set signed_by = null, author_name = null, author_quality = null, author_service = null,
            signed_at = null, leaves_at = null, revision = revision + 1, returned_by = $2, returned_because = $3, returned_at = $4,
            needs_rework = $5
        where application_id = $1",
        id.0,
        by.map(|account| account.0),
        because,
        now,
        needs_rework
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes what was prepared: it took effect, or its version is no longer under review.
///
/// # Errors
/// The database's.
pub(super) async fn remove_prepared(connection: &mut PgConnection, id: ApplicationId) -> Result<(), Problem> {
    sqlx::query!("delete from prepared_decisions where application_id = $1", id.0).execute(connection).await?;
    Ok(())
}

/// The demandes whose decision must leave, or falls because the version it is about is no longer under review; at most `most`.
///
/// # Errors
/// The database's.
pub async fn find_due(connection: &mut PgConnection, now: OffsetDateTime, most: i64) -> Result<Vec<ApplicationId>, Problem> {
    let due = sqlx::query_scalar!(
        "select p.application_id from prepared_decisions p join applications a on a.id = p.application_id
        where p.leaves_at <= $1 or a.state <> 'submitted' or a.version <> p.version
        order by p.leaves_at, p.application_id limit $2",
        now,
        most
    )
    .fetch_all(connection)
    .await?;
    Ok(due.into_iter().map(ApplicationId).collect())
}
