//! SQL of the files of messages.

use std::collections::HashMap;

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    attachments::{self, Attachment},
    ids::{AccountId, ApplicationId, MessageId},
    messages::Side,
    problem::Problem,
};

/// Ties a file to the message that was just written, at that place from 1.
///
/// # Errors
/// The database's: a seventh file finds no place.
pub async fn add_file(connection: &mut PgConnection, message: MessageId, place: usize, file: &Attachment) -> Result<(), Problem> {
    sqlx::query!(
        "insert into message_attachments (message_id, place, attachment_id, application_id) values ($1, $2, $3, $4)",
        message.0,
        i16::try_from(place).map_err(anyhow::Error::from)?,
        file.id,
        file.application.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The files of each message about a demande, in their order.
pub(super) async fn find_files(
    connection: &mut PgConnection,
    application: ApplicationId,
) -> Result<HashMap<i64, Vec<Attachment>>, Problem> {
    let links = sqlx::query!(
        "select message_id, attachment_id from message_attachments where application_id = $1 order by message_id, place",
        application.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let links: Vec<_> = links.into_iter().map(|link| (link.message_id, link.attachment_id)).collect();
    attachments::find_tied(connection, &links).await
}

/// A file of a message about that demande.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when the message has no such file, or no longer.
pub async fn find_file(
    connection: &mut PgConnection,
    application: ApplicationId,
    message: MessageId,
    file: Uuid,
) -> Result<Attachment, Problem> {
    let file = sqlx::query_scalar!(
        "select attachment_id from message_attachments where application_id = $1 and message_id = $2 and attachment_id = $3",
        application.0,
        message.0,
        file
    )
    .fetch_one(&mut *connection)
    .await?;
    attachments::find(connection, application, file).await
}

/// Who sent that file with a message, and from which side; nothing when it came otherwise.
///
/// # Errors
/// The database's.
pub async fn find_sender(connection: &mut PgConnection, file: Uuid) -> Result<Option<(Side, AccountId)>, Problem> {
    let sent = sqlx::query!(
        "select side, author_id from message_attachments join messages on messages.id = message_id where attachment_id = $1",
        file
    )
    .fetch_optional(connection)
    .await?;
    sent.map(|sent| Ok((sent.side.parse().map_err(anyhow::Error::from)?, AccountId(sent.author_id)))).transpose()
}

/// Unties the files of a message that was taken back.
///
/// # Errors
/// The database's, while the message stands.
pub async fn remove_files(connection: &mut PgConnection, message: MessageId) -> Result<(), Problem> {
    sqlx::query!("delete from message_attachments where message_id = $1", message.0).execute(connection).await?;
    Ok(())
}
