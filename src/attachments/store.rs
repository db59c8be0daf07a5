//! SQL of attachments.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Attachment, Checksum, FileName, Kind, Scan};
use crate::{
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

struct AttachmentRow {
    id: Uuid,
    application_id: i64,
    field: String,
    name: String,
    media_type: String,
    size: i64,
    sha256: Vec<u8>,
    scan: String,
    added_at: OffsetDateTime,
}

impl TryFrom<AttachmentRow> for Attachment {
    type Error = Problem;

    fn try_from(row: AttachmentRow) -> Result<Self, Problem> {
        Ok(Self {
            id: row.id,
            application: ApplicationId(row.application_id),
            field: row.field,
            name: FileName::stored(row.name),
            kind: row.media_type.parse::<Kind>().map_err(anyhow::Error::from)?,
            size: row.size.try_into().map_err(anyhow::Error::from)?,
            checksum: Checksum(row.sha256.try_into().map_err(|_| anyhow::anyhow!("a checksum is not 32 bytes long"))?),
            scan: row.scan.parse::<Scan>().map_err(anyhow::Error::from)?,
            added_at: row.added_at,
        })
    }
}

/// The files a demande's form shows: those taken away are not among them.
///
/// # Errors
/// The database's.
pub async fn find_of_application(connection: &mut PgConnection, application: ApplicationId) -> Result<Vec<Attachment>, Problem> {
    let rows = sqlx::query_as!(
        AttachmentRow,
        "select id, application_id, field, name, media_type, size, sha256, scan, added_at
        from attachments where application_id = $1 and removed_at is null order by field, place",
        application.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Attachment::try_from).collect()
}

/// The files a version was handed in with.
///
/// # Errors
/// The database's.
pub async fn find_of_version(connection: &mut PgConnection, application: ApplicationId, number: i32) -> Result<Vec<Attachment>, Problem> {
    let rows = sqlx::query_as!(
        AttachmentRow,
        "select id, a.application_id, field, name, media_type, size, sha256, scan, added_at
        from version_attachments v join attachments a on a.id = v.attachment_id
        where v.application_id = $1 and v.number = $2 order by field, added_at, id",
        application.0,
        number
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Attachment::try_from).collect()
}

/// A file of that demande, taken away or not.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when the demande has no such file.
pub async fn find(connection: &mut PgConnection, application: ApplicationId, id: Uuid) -> Result<Attachment, Problem> {
    sqlx::query_as!(
        AttachmentRow,
        "select id, application_id, field, name, media_type, size, sha256, scan, added_at
        from attachments where application_id = $1 and id = $2",
        application.0,
        id
    )
    .fetch_one(connection)
    .await?
    .try_into()
}

/// Whether a version was handed in with it.
///
/// # Errors
/// The database's.
pub async fn is_in_a_version(connection: &mut PgConnection, id: Uuid) -> Result<bool, Problem> {
    let is = sqlx::query_scalar!(r#"select exists (select from version_attachments where attachment_id = $1) as "is!""#, id)
        .fetch_one(connection)
        .await?;
    Ok(is)
}

/// Gives a file the first free place of its field; nothing when the six are taken. The caller holds the demande's lock.
pub(super) async fn add(connection: &mut PgConnection, attachment: &Attachment, by: AccountId) -> Result<bool, Problem> {
    let added = sqlx::query!(
        "insert into attachments (id, application_id, field, place, name, media_type, size, sha256, scan, added_at, added_by)
        select $1, $2, $3, min(place), $4, $5, $6, $7, $8, $9, $10
        from generate_series(1, 6) as place
        where place not in (select taken.place from attachments taken
            where taken.application_id = $2 and taken.field = $3 and taken.removed_at is null)
        having min(place) is not null",
        attachment.id,
        attachment.application.0,
        attachment.field,
        attachment.name.as_str(),
        attachment.kind.to_string(),
        i64::try_from(attachment.size).map_err(anyhow::Error::from)?,
        &attachment.checksum.0[..],
        attachment.scan.to_string(),
        attachment.added_at,
        by.0
    )
    .execute(connection)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Takes a file away; false when it was already.
pub(super) async fn remove(
    connection: &mut PgConnection,
    application: ApplicationId,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let removed = sqlx::query!(
        "update attachments set removed_at = $3, place = null where application_id = $1 and id = $2 and removed_at is null",
        application.0,
        id,
        now
    )
    .execute(connection)
    .await?;
    Ok(removed.rows_affected() == 1)
}

/// Ties a demande's present files to the version just handed in.
///
/// # Errors
/// The database's.
pub async fn freeze(connection: &mut PgConnection, application: ApplicationId, number: i32) -> Result<(), Problem> {
    sqlx::query!(
        "insert into version_attachments (application_id, number, attachment_id)
        select application_id, $2, id from attachments where application_id = $1 and removed_at is null",
        application.0,
        number
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the files taken away before that moment that no version holds; gives back how many.
pub(super) async fn forget_removed(connection: &mut PgConnection, before: OffsetDateTime) -> Result<u64, Problem> {
    let forgotten = sqlx::query!(
        "delete from attachments where removed_at < $1 and not exists (select from version_attachments where attachment_id = id)",
        before
    )
    .execute(connection)
    .await?;
    Ok(forgotten.rows_affected())
}

/// Which of those ids no row knows.
pub(super) async fn find_unknown(connection: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<Uuid>, Problem> {
    let unknown = sqlx::query_scalar!(
        r#"select id as "id!" from unnest($1::uuid[]) as stored (id) where not exists (select from attachments where attachments.id = stored.id)"#,
        ids
    )
    .fetch_all(connection)
    .await?;
    Ok(unknown)
}

/// The oldest files the antivirus has not looked at.
///
/// # Errors
/// The database's.
pub async fn find_to_scan(connection: &mut PgConnection, most: i64) -> Result<Vec<Uuid>, Problem> {
    Ok(sqlx::query_scalar!("select id from attachments where scan = 'pending' order by added_at limit $1", most)
        .fetch_all(connection)
        .await?)
}

/// Writes down what the antivirus said.
///
/// # Errors
/// The database's.
pub async fn save_scan(connection: &mut PgConnection, id: Uuid, scan: Scan) -> Result<(), Problem> {
    sqlx::query!("update attachments set scan = $2 where id = $1 and scan = 'pending'", id, scan.to_string()).execute(connection).await?;
    Ok(())
}
