//! SQL of the sources asked over the network: their pace, and what they answered.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::pace::{Asking, FAILURES, LEFT_ALONE, Pace};
use crate::{
    organisations::{Siret, Source},
    problem::Problem,
};

/// A slot held for one call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    number: i32,
    busy_until: OffsetDateTime,
}

/// Takes a free slot; nothing when there is none, or when the source is left alone. After failures in a row, the last slot alone is given
/// until the source answers: not every page waits for it.
pub(super) async fn take_slot(
    connection: &mut PgConnection,
    source: Source,
    pace: Pace,
    asking: Asking,
    now: OffsetDateTime,
) -> Result<Option<Slot>, Problem> {
    let busy_until = pace.lease(now);
    let number = sqlx::query_scalar!(
        "update register_slots set busy_until = $3
        where source = $1 and number = (
            select slot.number from register_slots slot join register_sources s on s.source = slot.source
            where slot.source = $1 and (slot.busy_until <= $2 or slot.busy_until > $4)
                and slot.number > case when s.failures < $6 then $5 else $7 - 1 end
                and (s.paused_until is null or s.paused_until <= $2)
            order by slot.number limit 1
            for update of slot skip locked)
        returning number",
        source.to_string(),
        now,
        busy_until,
        pace.too_far(now),
        pace.above(asking),
        FAILURES,
        pace.slots
    )
    .fetch_optional(connection)
    .await?;
    Ok(number.map(|number| Slot { number, busy_until }))
}

/// The call has ended: its slot is busy for one more period, unless the call lasted so long that another took it.
pub(super) async fn give_slot_back(
    connection: &mut PgConnection,
    source: Source,
    slot: Slot,
    busy_until: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "update register_slots set busy_until = $4 where source = $1 and number = $2 and busy_until = $3",
        source.to_string(),
        slot.number,
        slot.busy_until,
        busy_until
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The source answered.
pub(super) async fn forget_failures(connection: &mut PgConnection, source: Source) -> Result<(), Problem> {
    sqlx::query!("update register_sources set failures = 0 where source = $1 and failures > 0", source.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// The source failed; after several times in a row it is left alone for a while.
pub(super) async fn count_failure(connection: &mut PgConnection, source: Source, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "update register_sources set failures = failures + 1,
            paused_until = case when failures + 1 >= $2 then greatest(paused_until, $3) else paused_until end
        where source = $1",
        source.to_string(),
        FAILURES,
        now + LEFT_ALONE
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The source asks to be left alone until then.
pub(super) async fn pause(connection: &mut PgConnection, source: Source, until: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update register_sources set paused_until = greatest(paused_until, $2) where source = $1", source.to_string(), until)
        .execute(connection)
        .await?;
    Ok(())
}

/// What a source answered.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    /// Of the HTTP answer.
    pub status: u16,
    pub raw: Value,
    pub observed_at: OffsetDateTime,
}

/// The last thing a source answered of a SIRET since then.
pub(super) async fn find_snapshot(
    connection: &mut PgConnection,
    siret: &Siret,
    source: Source,
    since: OffsetDateTime,
) -> Result<Option<Snapshot>, Problem> {
    let row = sqlx::query!(
        "select status, answer, observed_at from register_snapshots
        where siret = $1 and source = $2 and observed_at >= $3 order by observed_at desc, id desc limit 1",
        siret.as_str(),
        source.to_string(),
        since
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let status = u16::try_from(row.status).map_err(anyhow::Error::from)?;
        Ok(Snapshot { status, raw: row.answer, observed_at: row.observed_at })
    })
    .transpose()
}

/// Keeps what a source answered.
pub(super) async fn add_snapshot(connection: &mut PgConnection, siret: &Siret, source: Source, snapshot: &Snapshot) -> Result<(), Problem> {
    sqlx::query!(
        "insert into register_snapshots (siret, source, observed_at, status, answer) values ($1, $2, $3, $4, $5)",
        siret.as_str(),
        source.to_string(),
        snapshot.observed_at,
        i32::from(snapshot.status),
        snapshot.raw
    )
    .execute(connection)
    .await?;
    Ok(())
}
