//! Act: read the messages about a demande.

use sqlx::PgConnection;

use crate::{
    ids::{AccountId, ApplicationId},
    messages::{self, Message},
    problem::Problem,
};

/// The messages, oldest first, and the last one this person had already seen; from now on they have seen them all.
///
/// # Errors
/// The database's.
pub async fn read_messages(
    connection: &mut PgConnection,
    application: ApplicationId,
    reader: AccountId,
) -> Result<(Vec<Message>, i64), Problem> {
    let seen = messages::find_reader(connection, application, reader).await?.read_up_to;
    let thread = messages::find_messages(connection, application).await?;
    if let Some(last) = thread.last().filter(|last| last.id.0 > seen) {
        messages::save_read(connection, application, reader, last.id).await?;
    }
    Ok((thread, seen))
}
