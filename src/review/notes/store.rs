//! SQL of notes.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Note;
use crate::{
    ids::{AccountId, ApplicationId, NoteId},
    problem::Problem,
};

struct NoteRow {
    id: i64,
    author_id: i64,
    author_name: String,
    body: Option<String>,
    written_at: OffsetDateTime,
}

impl From<NoteRow> for Note {
    fn from(row: NoteRow) -> Self {
        Self {
            id: NoteId(row.id),
            author: AccountId(row.author_id),
            author_name: row.author_name,
            body: row.body,
            written_at: row.written_at,
        }
    }
}

/// Writes a note; none when the same page had written it.
///
/// # Errors
/// The database's.
pub(super) async fn add_note(
    connection: &mut PgConnection,
    application: ApplicationId,
    author: AccountId,
    body: &str,
    key: Uuid,
    now: OffsetDateTime,
) -> Result<Option<NoteId>, Problem> {
    let id = sqlx::query_scalar!(
        "insert into review_notes (application_id, author_id, body, post_key, written_at) values ($1, $2, $3, $4, $5)
        on conflict on constraint review_notes_are_written_once do nothing returning id",
        application.0,
        author.0,
        body,
        key,
        now
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(NoteId))
}

/// The notes about a demande, oldest first.
///
/// # Errors
/// The database's.
pub async fn find_notes(connection: &mut PgConnection, application: ApplicationId) -> Result<Vec<Note>, Problem> {
    let rows = sqlx::query_as!(
        NoteRow,
        r#"select n.id, author_id, given_name || ' ' || family_name as "author_name!", body, written_at
        from review_notes n join accounts on accounts.id = author_id where application_id = $1 order by n.id"#,
        application.0
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(Note::from).collect())
}

/// A note about a demande, for whoever changes it in this transaction.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub(super) async fn lock_note(connection: &mut PgConnection, application: ApplicationId, id: NoteId) -> Result<Note, Problem> {
    let row = sqlx::query_as!(
        NoteRow,
        r#"select n.id, author_id, given_name || ' ' || family_name as "author_name!", body, written_at
        from review_notes n join accounts on accounts.id = author_id where application_id = $1 and n.id = $2 for update of n"#,
        application.0,
        id.0
    )
    .fetch_one(connection)
    .await?;
    Ok(row.into())
}

/// Forgets what a note said.
///
/// # Errors
/// The database's, when the five minutes have passed.
pub(super) async fn save_struck(connection: &mut PgConnection, id: NoteId, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update review_notes set body = null, struck_at = $2 where id = $1", id.0, now).execute(connection).await?;
    Ok(())
}
