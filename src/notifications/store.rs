//! SQL of the outbox.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Letter, OutboxLetter, Recipient,
    delivery::{LEASE, LetterState, ORDER_KEPT_FOR, TRIED_FOR, Tries},
};
use crate::{ids::ApplicationId, problem::Problem};

pub mod choices;

/// What makes a letter one: for one occasion, one recipient receives one of a kind.
pub(super) fn deduplication_key(occasion: &str, letter: &Letter, to: &Recipient) -> String {
    format!("{occasion}/{}/{}", letter.kind(), to.address)
}

/// Puts a letter in the outbox, once for its occasion.
///
/// # Errors
/// The database's.
pub(super) async fn add_letter(
    connection: &mut PgConnection,
    occasion: &str,
    to: &Recipient,
    letter: &Letter,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into outbox (id, deduplication_key, kind, recipient_address, recipient_name, letter, application_id, created_at, next_try_at,
            give_up_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
         on conflict on constraint outbox_letter_is_written_once do nothing",
        Uuid::now_v7(),
        deduplication_key(occasion, letter, to),
        letter.kind(),
        to.address,
        to.name,
        serde_json::to_value(letter).map_err(anyhow::Error::from)?,
        letter.application().map(|id| id.0),
        now,
        now + TRIED_FOR
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A letter a worker has to itself for the length of the lease.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its number.
    pub id: Uuid,
    /// Which taking it was.
    pub(super) claim: Uuid,
    /// Its kind, by its stored name.
    pub kind: String,
    /// Whom it is for.
    pub to: Recipient,
    /// The values it says.
    pub(super) values: Value,
    /// The demande it is about.
    pub(super) application: Option<ApplicationId>,
    /// When it was written.
    pub(super) written_at: OffsetDateTime,
    /// Its tries, the present one included.
    pub(super) tries: Tries,
}

/// Takes the oldest letter that is due. A recipient's letters leave in the order they were written; a letter whose worker died is taken
/// again after the lease, and counts as a doubtful try.
///
/// # Errors
/// The database's.
pub async fn take_next(connection: &mut PgConnection, now: OffsetDateTime) -> Result<Option<Taken>, Problem> {
    let row = sqlx::query!(
        "update outbox set attempts = attempts + 1, doubtful_attempts = doubtful_attempts + (claim is not null)::integer,
            locked_until = $2, claim = $3
        where id = (
            select letter.id from outbox as letter
            where letter.state = 'waiting' and letter.next_try_at <= $1 and (letter.locked_until is null or letter.locked_until <= $1)
                and not exists (
                    select from outbox as earlier
                    where earlier.recipient_address = letter.recipient_address and earlier.state = 'waiting'
                        and earlier.id < letter.id and earlier.created_at > $4)
            order by letter.id limit 1 for update skip locked)
        returning id, kind, recipient_address, recipient_name, letter, application_id, created_at, attempts, doubtful_attempts, give_up_at,
            claim as \"claim!\"",
        now,
        now + LEASE,
        Uuid::new_v4(),
        now - ORDER_KEPT_FOR
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Taken {
        id: row.id,
        claim: row.claim,
        kind: row.kind,
        to: Recipient { address: row.recipient_address, name: row.recipient_name },
        values: row.letter,
        application: row.application_id.map(ApplicationId),
        written_at: row.created_at,
        tries: Tries { count: row.attempts, doubtful: row.doubtful_attempts, give_up_at: row.give_up_at },
    }))
}

/// How a try leaves its letter.
#[derive(Clone, Debug)]
pub(super) struct Settlement {
    pub state: LetterState,
    pub count: i32,
    pub doubtful: i32,
    pub next_try_at: OffsetDateTime,
    pub sent_at: Option<OffsetDateTime>,
    pub last_error: Option<String>,
}

/// Writes how a try ended and gives the letter back; false when another worker has taken it meanwhile.
pub(super) async fn save_settlement(connection: &mut PgConnection, taken: &Taken, after: &Settlement) -> Result<bool, Problem> {
    let done = sqlx::query!(
        "update outbox set state = $3, attempts = $4, doubtful_attempts = $5, next_try_at = $6, sent_at = $7, last_error = $8,
            locked_until = null, claim = null
        where id = $1 and claim = $2",
        taken.id,
        taken.claim,
        after.state.to_string(),
        after.count,
        after.doubtful,
        after.next_try_at,
        after.sent_at,
        after.last_error
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Which letters to list.
#[derive(Clone, Debug, Default)]
pub struct OutboxFilter {
    /// Only these.
    pub state: Option<LetterState>,
    /// Only those to that address.
    pub address: Option<String>,
    /// Only those written before that one.
    pub before: Option<Uuid>,
    /// Only that one.
    pub id: Option<Uuid>,
    /// Only those about that demande.
    pub application: Option<ApplicationId>,
}

/// Letters, newest first, `most` at the most.
///
/// # Errors
/// The database's.
pub async fn list_outbox(connection: &mut PgConnection, filter: &OutboxFilter, most: usize) -> Result<Vec<OutboxLetter>, Problem> {
    let rows = sqlx::query_as!(
        OutboxRow,
        "select id, kind, recipient_address, recipient_name, letter, application_id, created_at, state, attempts, doubtful_attempts,
            next_try_at, give_up_at, locked_until, last_error, sent_at
        from outbox
        where ($1::text is null or state = $1) and ($2::text is null or recipient_address = $2) and ($3::uuid is null or id < $3)
            and ($4::uuid is null or id = $4) and ($5::bigint is null or application_id = $5)
        order by id desc limit $6",
        filter.state.map(|state| state.to_string()),
        filter.address,
        filter.before,
        filter.id,
        filter.application.map(|application| application.0),
        i64::try_from(most).unwrap_or(i64::MAX)
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(OutboxLetter::try_from).collect()
}

/// One letter.
///
/// # Errors
/// [`Problem::NotFound`] when there is none of that number.
pub async fn find_letter(connection: &mut PgConnection, id: Uuid) -> Result<OutboxLetter, Problem> {
    let found = list_outbox(connection, &OutboxFilter { id: Some(id), ..OutboxFilter::default() }, 1).await?;
    found.into_iter().next().ok_or(Problem::NotFound)
}

/// One letter, for whoever changes its state in this transaction.
pub(super) async fn lock_letter(connection: &mut PgConnection, id: Uuid) -> Result<OutboxLetter, Problem> {
    sqlx::query!("select id from outbox where id = $1 for update", id).fetch_one(&mut *connection).await?;
    find_letter(connection, id).await
}

/// Writes what an operator decided; a letter that waits again has all its tries before it.
pub(super) async fn save_state(connection: &mut PgConnection, id: Uuid, state: LetterState, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "update outbox set state = $2, attempts = 0, doubtful_attempts = doubtful_attempts + (claim is not null)::integer, next_try_at = $3,
            give_up_at = $4, locked_until = null, claim = null
        where id = $1",
        id,
        state.to_string(),
        now,
        now + TRIED_FOR
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Letters that have been waiting for more than an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateLetters {
    /// How many.
    pub count: i64,
    /// When the oldest was written.
    pub oldest: Option<OffsetDateTime>,
}

/// Counts the letters that should have left.
///
/// # Errors
/// The database's.
pub async fn find_late_letters(connection: &mut PgConnection, now: OffsetDateTime) -> Result<LateLetters, Problem> {
    let row = sqlx::query!(
        r#"select count(*) as "count!", min(created_at) as oldest from outbox where state = 'waiting' and created_at <= $1"#,
        now - ORDER_KEPT_FOR
    )
    .fetch_one(connection)
    .await?;
    Ok(LateLetters { count: row.count, oldest: row.oldest })
}

struct OutboxRow {
    id: Uuid,
    kind: String,
    recipient_address: String,
    recipient_name: String,
    letter: Value,
    application_id: Option<i64>,
    created_at: OffsetDateTime,
    state: String,
    attempts: i32,
    doubtful_attempts: i32,
    next_try_at: OffsetDateTime,
    give_up_at: OffsetDateTime,
    locked_until: Option<OffsetDateTime>,
    last_error: Option<String>,
    sent_at: Option<OffsetDateTime>,
}

impl TryFrom<OutboxRow> for OutboxLetter {
    type Error = Problem;

    fn try_from(row: OutboxRow) -> Result<Self, Problem> {
        Ok(Self {
            id: row.id,
            kind: row.kind,
            to: Recipient { address: row.recipient_address, name: row.recipient_name },
            values: row.letter,
            application: row.application_id.map(ApplicationId),
            created_at: row.created_at,
            state: row.state.parse().map_err(anyhow::Error::from)?,
            tries: Tries { count: row.attempts, doubtful: row.doubtful_attempts, give_up_at: row.give_up_at },
            next_try_at: row.next_try_at,
            locked_until: row.locked_until,
            last_error: row.last_error,
            sent_at: row.sent_at,
        })
    }
}
