//! SQL of the numbers for which the register's word is awaited.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{DueLookup, LEASE, Standing, WITHOUT_ORGANISATION, pause};
use crate::{
    ids::OrganisationId,
    organisations::{Answer, Siret},
    problem::Problem,
};

/// Writes down what the register said of a number, or that it was away: it is asked again until it answers.
pub(in crate::organisations) async fn note(
    connection: &mut PgConnection,
    siret: &Siret,
    answer: &Answer,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    match answer {
        Answer::Unavailable => wait(connection, siret, now).await,
        Answer::Unknown => keep_answer(connection, siret, "unknown", now).await,
        Answer::Known(entity) if entity.name.is_none() => keep_answer(connection, siret, "known", now).await,
        // Its facts are kept with the organisation.
        Answer::Known(_) => stop_waiting(connection, siret, now).await,
    }
}

async fn wait(connection: &mut PgConnection, siret: &Siret, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "insert into register_lookups (siret, waits_since, next_try_at) values ($1, $2, $2)
        on conflict (siret) do update set waits_since = $2, next_try_at = $2, tries = 0
        where register_lookups.waits_since is null",
        siret.as_str(),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn keep_answer(connection: &mut PgConnection, siret: &Siret, answer: &str, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "insert into register_lookups (siret, answer, answered_at) values ($1, $2, $3)
        on conflict (siret) do update set answer = $2, answered_at = $3,
            waits_since = null, next_try_at = null, tries = 0, locked_until = null",
        siret.as_str(),
        answer,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn stop_waiting(connection: &mut PgConnection, siret: &Siret, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "update register_lookups set answer = 'known', answered_at = $2,
            waits_since = null, next_try_at = null, tries = 0, locked_until = null
        where siret = $1 and (waits_since is not null or answer is distinct from 'known')",
        siret.as_str(),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes the next number to ask for; nothing when none is due. A worker that dies lets it go when its lease ends.
///
/// # Errors
/// The database's.
pub async fn take_due_lookup(connection: &mut PgConnection, now: OffsetDateTime) -> Result<Option<DueLookup>, Problem> {
    let locked_until = now + LEASE;
    let row = sqlx::query!(
        "update register_lookups set locked_until = $2, tries = tries + 1
        where siret = (
            select siret from register_lookups
            where next_try_at <= $1 and (locked_until is null or locked_until <= $1)
            order by next_try_at, siret limit 1
            for update skip locked)
        returning siret, tries",
        now,
        locked_until
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let siret = Siret::try_from(row.siret).map_err(anyhow::Error::from)?;
        Ok(DueLookup { siret, tries: row.tries, locked_until })
    })
    .transpose()
}

/// The register is still away: the number waits longer.
///
/// # Errors
/// The database's.
pub async fn postpone_lookup(connection: &mut PgConnection, due: &DueLookup, jitter: f64, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "update register_lookups set next_try_at = $3, locked_until = null where siret = $1 and locked_until = $2",
        due.siret.as_str(),
        due.locked_until,
        now + pause(due.tries, jitter)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets numbers that were typed while the register was away and for which nobody acts; how many.
///
/// # Errors
/// The database's.
pub async fn forget_idle_lookups(connection: &mut PgConnection, now: OffsetDateTime) -> Result<u64, Problem> {
    let gone = sqlx::query!(
        "delete from register_lookups l
        where coalesce(l.waits_since, l.answered_at) < $1 and not exists (select from organisations o where o.siret = l.siret)",
        now - WITHOUT_ORGANISATION
    )
    .execute(connection)
    .await?;
    Ok(gone.rows_affected())
}

/// How many organisations wait for the register, and since when the first one does.
///
/// # Errors
/// The database's.
pub async fn find_awaited(connection: &mut PgConnection) -> Result<(i64, Option<OffsetDateTime>), Problem> {
    let row = sqlx::query!(
        r#"select count(*) as "count!", min(l.waits_since) as since
        from register_lookups l join organisations o on o.siret = l.siret
        where l.waits_since is not null"#
    )
    .fetch_one(connection)
    .await?;
    Ok((row.count, row.since))
}

/// How an organisation stands with the register.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is no such organisation.
pub async fn find_standing(connection: &mut PgConnection, organisation: OrganisationId) -> Result<Standing, Problem> {
    let row = sqlx::query!(
        r#"select o.facts is not null or o.partial_disclosure as "is_told!", l.answer as "answer?", l.answered_at, l.waits_since
        from organisations o left join register_lookups l on l.siret = o.siret
        where o.id = $1"#,
        organisation.0
    )
    .fetch_one(connection)
    .await?;
    Ok(match (row.is_told, row.answer.as_deref(), row.answered_at, row.waits_since) {
        (true, ..) | (false, Some("known"), ..) => Standing::Told,
        (false, Some(_), Some(at), _) => Standing::Unknown { at },
        (false, _, _, Some(since)) => Standing::Awaited { since },
        (false, _, _, None) => Standing::Declared,
    })
}
