//! SQL of messages and of how far they are read.

use std::collections::HashMap;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Message, Reader, Side};
use crate::{
    attachments::Attachment,
    ids::{AccountId, ApplicationId, MessageId},
    problem::Problem,
};

pub(super) mod files;

struct MessageRow {
    id: i64,
    side: String,
    author_id: i64,
    author_name: String,
    body: Option<String>,
    posted_at: OffsetDateTime,
}

impl MessageRow {
    fn with(self, files: &mut HashMap<i64, Vec<Attachment>>) -> Result<Message, Problem> {
        Ok(Message {
            id: MessageId(self.id),
            side: self.side.parse().map_err(anyhow::Error::from)?,
            author: AccountId(self.author_id),
            author_name: self.author_name,
            body: self.body,
            posted_at: self.posted_at,
            files: files.remove(&self.id).unwrap_or_default(),
        })
    }
}

/// Writes a message; none when the same page had posted it.
///
/// # Errors
/// The database's.
pub async fn add_message(
    connection: &mut PgConnection,
    application: ApplicationId,
    (side, author): (Side, AccountId),
    body: &str,
    key: Uuid,
    now: OffsetDateTime,
) -> Result<Option<MessageId>, Problem> {
    let id = sqlx::query_scalar!(
        "insert into messages (application_id, side, author_id, body, post_key, posted_at) values ($1, $2, $3, $4, $5, $6)
        on conflict on constraint messages_are_posted_once do nothing
        returning id",
        application.0,
        side.to_string(),
        author.0,
        body,
        key,
        now
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(MessageId))
}

/// How many messages somebody has written since then.
///
/// # Errors
/// The database's.
pub async fn count_of_author_since(connection: &mut PgConnection, author: AccountId, since: OffsetDateTime) -> Result<i64, Problem> {
    let count =
        sqlx::query_scalar!(r#"select count(*) as "count!" from messages where author_id = $1 and posted_at > $2"#, author.0, since)
            .fetch_one(connection)
            .await?;
    Ok(count)
}

/// The messages about a demande, oldest first.
///
/// # Errors
/// The database's.
pub async fn find_messages(connection: &mut PgConnection, application: ApplicationId) -> Result<Vec<Message>, Problem> {
    let rows = sqlx::query_as!(
        MessageRow,
        r#"select m.id, side, author_id, given_name || ' ' || family_name as "author_name!", body, posted_at
        from messages m join accounts on accounts.id = author_id
        where application_id = $1 order by m.id"#,
        application.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut files = files::find_files(connection, application).await?;
    rows.into_iter().map(|row| row.with(&mut files)).collect()
}

/// A message of a demande, for whoever changes it in this transaction.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub async fn lock_message(connection: &mut PgConnection, application: ApplicationId, id: MessageId) -> Result<Message, Problem> {
    let row = sqlx::query_as!(
        MessageRow,
        r#"select m.id, side, author_id, given_name || ' ' || family_name as "author_name!", body, posted_at
        from messages m join accounts on accounts.id = author_id
        where application_id = $1 and m.id = $2 for update of m"#,
        application.0,
        id.0
    )
    .fetch_one(&mut *connection)
    .await?;
    row.with(&mut files::find_files(connection, application).await?)
}

/// Forgets what a message said.
///
/// # Errors
/// The database's, when the five minutes have passed.
pub async fn save_taken_back(connection: &mut PgConnection, id: MessageId, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update messages set body = null, taken_back_at = $2 where id = $1", id.0, now).execute(connection).await?;
    Ok(())
}

/// How far somebody has read.
///
/// # Errors
/// The database's.
pub async fn find_reader(connection: &mut PgConnection, application: ApplicationId, account: AccountId) -> Result<Reader, Problem> {
    let reader = sqlx::query_as!(
        Reader,
        "select read_up_to, told_up_to from message_readers where application_id = $1 and account_id = $2",
        application.0,
        account.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(reader.unwrap_or_default())
}

/// Somebody saw the messages up to that one.
///
/// # Errors
/// The database's.
pub async fn save_read(
    connection: &mut PgConnection,
    application: ApplicationId,
    account: AccountId,
    up_to: MessageId,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into message_readers (application_id, account_id, read_up_to) values ($1, $2, $3)
        on conflict on constraint message_readers_pkey do update set read_up_to = greatest(message_readers.read_up_to, excluded.read_up_to)",
        application.0,
        account.0,
        up_to.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A letter told somebody of that message.
///
/// # Errors
/// The database's.
pub async fn save_told(
    connection: &mut PgConnection,
    application: ApplicationId,
    account: AccountId,
    up_to: MessageId,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into message_readers (application_id, account_id, told_up_to) values ($1, $2, $3)
        on conflict on constraint message_readers_pkey do update set told_up_to = excluded.told_up_to",
        application.0,
        account.0,
        up_to.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How many messages of the other side somebody has not seen, for each of these demandes that has some. What one of the team answered is
/// settled for the whole team.
///
/// # Errors
/// The database's.
pub async fn count_unread(
    connection: &mut PgConnection,
    (side, reader): (Side, AccountId),
    applications: &[ApplicationId],
) -> Result<HashMap<ApplicationId, i64>, Problem> {
    let numbers: Vec<i64> = applications.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select m.application_id, count(*) as "count!"
        from messages m left join message_readers r on r.application_id = m.application_id and r.account_id = $1
        where m.application_id = any($2) and m.side <> $3 and m.body is not null and m.id > coalesce(r.read_up_to, 0)
            and ($3 <> 'team' or not exists (
                select from messages answer
                where answer.application_id = m.application_id and answer.side = $3 and answer.id > m.id and answer.body is not null))
        group by m.application_id"#,
        reader.0,
        &numbers,
        side.to_string()
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (ApplicationId(row.application_id), row.count)).collect())
}
