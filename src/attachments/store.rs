//! SQL of attachments.

use std::{collections::HashMap, hash::Hash};

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Attachment, Checksum, FileName, Kind, Scan};
use crate::{
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

pub(super) mod restore;
pub(super) mod scan;

struct AttachmentRow {
    id: Uuid,
    object_id: Uuid,
    line_id: Uuid,
    application_id: i64,
    field: Option<String>,
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
            object: row.object_id,
            line: row.line_id,
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
        "select id, object_id, line_id, application_id, field, name, media_type, size, sha256, scan, added_at
        from attachments where application_id = $1 and place is not null order by field, place",
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
        "select id, object_id, line_id, a.application_id, field, name, media_type, size, sha256, scan, added_at
        from version_attachments v join attachments a on a.id = v.attachment_id
        where v.application_id = $1 and v.number = $2 order by field, added_at, id",
        application.0,
        number
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Attachment::try_from).collect()
}

/// The files tied to something else than a form, by the number of what each is tied to, in the order of the links.
///
/// # Errors
/// The database's.
pub async fn find_tied<K: Copy + Eq + Hash>(
    connection: &mut PgConnection,
    links: &[(K, Uuid)],
) -> Result<HashMap<K, Vec<Attachment>>, Problem> {
    let ids: Vec<Uuid> = links.iter().map(|(_, file)| *file).collect();
    let rows = sqlx::query_as!(
        AttachmentRow,
        "select id, object_id, line_id, application_id, field, name, media_type, size, sha256, scan, added_at
        from attachments where id = any($1) order by added_at, id",
        &ids
    )
    .fetch_all(connection)
    .await?;
    let files = rows.into_iter().map(Attachment::try_from).collect::<Result<Vec<_>, _>>()?;
    let mut known: HashMap<Uuid, Attachment> = files.into_iter().map(|file| (file.id, file)).collect();
    let mut tied: HashMap<K, Vec<Attachment>> = HashMap::new();
    for (of, file) in links {
        tied.entry(*of).or_default().extend(known.remove(file));
    }
    Ok(tied)
}

/// A file of that demande, taken away or not.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when the demande has no such file.
pub async fn find(connection: &mut PgConnection, application: ApplicationId, id: Uuid) -> Result<Attachment, Problem> {
    sqlx::query_as!(
        AttachmentRow,
        "select id, object_id, line_id, application_id, field, name, media_type, size, sha256, scan, added_at
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

/// Gives a file the first free place of its field; false when the six are taken. The caller holds the demande's lock.
pub(super) async fn add_in_a_place(connection: &mut PgConnection, attachment: &Attachment, by: AccountId) -> Result<bool, Problem> {
    let place = sqlx::query_scalar!(
        r#"select min(place)::smallint from generate_series(1, 6) as place
        where place not in (select taken.place from attachments taken
            where taken.application_id = $1 and taken.field = $2 and taken.place is not null)"#,
        attachment.application.0,
        attachment.field
    )
    .fetch_one(&mut *connection)
    .await?;
    if place.is_some() {
        add(connection, attachment, place, by).await?;
    }
    Ok(place.is_some())
}

/// Writes a file down: at a place of its field, or without one when it is of no field.
pub(super) async fn add(connection: &mut PgConnection, attachment: &Attachment, place: Option<i16>, by: AccountId) -> Result<(), Problem> {
    sqlx::query!(
        "insert into attachments
            (id, object_id, line_id, application_id, field, place, name, media_type, size, sha256, scan, added_at, added_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        attachment.id,
        attachment.object,
        attachment.line,
        attachment.application.0,
        attachment.field,
        place,
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
    Ok(())
}

/// Takes a file of the form away; the place it held, or nothing when it was away already.
pub(super) async fn remove(
    connection: &mut PgConnection,
    application: ApplicationId,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<Option<i16>, Problem> {
    let held = sqlx::query_scalar!(
        "select place from attachments where application_id = $1 and id = $2 and place is not null for update",
        application.0,
        id
    )
    .fetch_optional(&mut *connection)
    .await?
    .flatten();
    sqlx::query!("update attachments set removed_at = $2, place = null where id = $1 and removed_at is null", id, now)
        .execute(connection)
        .await?;
    Ok(held)
}

/// Lets a demande start with the files another's form holds: the same bytes, the same places. The caller holds both demandes' locks and
/// knows that the person may read the one and edit the other, whose form holds no file yet.
///
/// # Errors
/// The database's.
pub async fn copy(
    connection: &mut PgConnection,
    from: ApplicationId,
    to: ApplicationId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<u64, Problem> {
    let copied = sqlx::query!(
        "insert into attachments
            (id, object_id, line_id, application_id, field, place, name, media_type, size, sha256, scan, added_at, added_by)
        select gen_random_uuid(), object_id, line_id, $2, field, place, name, media_type, size, sha256, scan, $3, $4
        from attachments where application_id = $1 and place is not null",
        from.0,
        to.0,
        now,
        by.0
    )
    .execute(connection)
    .await?;
    Ok(copied.rows_affected())
}

/// Forgets every file of a demande that was never handed in, before the demande itself goes; the bytes go with the next sweep.
///
/// # Errors
/// The database's; a foreign key when a version or a message holds one.
pub async fn forget_all(connection: &mut PgConnection, application: ApplicationId) -> Result<(), Problem> {
    sqlx::query!("delete from attachments where application_id = $1", application.0).execute(connection).await?;
    Ok(())
}

/// Forgets a file that nothing holds any more; the bytes go with the next sweep.
pub(super) async fn forget(connection: &mut PgConnection, id: Uuid) -> Result<(), Problem> {
    sqlx::query!("delete from attachments where id = $1", id).execute(connection).await?;
    Ok(())
}

/// Ties a demande's present files to the version just handed in.
///
/// # Errors
/// The database's.
pub async fn freeze(connection: &mut PgConnection, application: ApplicationId, number: i32) -> Result<(), Problem> {
    sqlx::query!(
        "insert into version_attachments (application_id, number, attachment_id)
        select application_id, $2, id from attachments where application_id = $1 and place is not null",
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

/// Which of those objects no row knows.
pub(super) async fn find_unknown(connection: &mut PgConnection, objects: &[Uuid]) -> Result<Vec<Uuid>, Problem> {
    let unknown = sqlx::query_scalar!(
        r#"select id as "id!" from unnest($1::uuid[]) as stored (id) where not exists (select from attachments where object_id = stored.id)"#,
        objects
    )
    .fetch_all(connection)
    .await?;
    Ok(unknown)
}
