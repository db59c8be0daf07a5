//! SQL of the certificates that end participations, and of the notices before them.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Certifying, Notice, Unsettled,
    certificate::{Certificate, Fate, Named, Signed},
};
use crate::{
    accounts::{Applicant, Reviewer},
    attachments::{self, Attachment},
    calendar,
    ids::{AccountId, ApplicationId},
    notifications::Author,
    participation::Participation,
    problem::Problem,
};

/// What a participant certified, first to last correction.
///
/// # Errors
/// The database's.
pub async fn find_certificates(connection: &mut PgConnection, application: ApplicationId) -> Result<Vec<Signed>, Problem> {
    let rows = sqlx::query!(
        "select number, access_removed_on, fate, destroyed_on, kept, legal_basis, method, signatory_name, signatory_quality, confirmed, because,
            signed_by, author_name, signed_at
        from destruction_certificates where application_id = $1 order by number",
        application.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut files = find_files(connection, application).await?;
    let mut certificates = Vec::new();
    for row in rows {
        let named = row.fate.parse::<Named>().map_err(anyhow::Error::from)?;
        let fate = Fate::from_parts(named, row.destroyed_on.map(calendar::civil), row.kept, row.legal_basis);
        let certificate = Certificate {
            removed_on: calendar::civil(row.access_removed_on),
            fate: fate.ok_or_else(|| anyhow::anyhow!("a fate without its day"))?,
            method: row.method,
            signatory: row.signatory_name,
            quality: row.signatory_quality,
        };
        certificates.push(Signed {
            number: row.number,
            certificate,
            confirmed: row.confirmed,
            because: row.because,
            signed_by: AccountId(row.signed_by),
            author: row.author_name,
            signed_at: row.signed_at,
            files: files.remove(&row.number).unwrap_or_default(),
        });
    }
    Ok(certificates)
}

async fn find_files(connection: &mut PgConnection, application: ApplicationId) -> Result<HashMap<i32, Vec<Attachment>>, Problem> {
    let links = sqlx::query!(
        "select number, attachment_id from destruction_attachments where application_id = $1 order by number, place",
        application.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let links: Vec<(i32, Uuid)> = links.into_iter().map(|link| (link.number, link.attachment_id)).collect();
    attachments::find_tied(connection, &links).await
}

/// Who signed with that file, and whether the certificate was corrected since; nothing when the file is of no certificate.
///
/// # Errors
/// The database's.
pub async fn find_signer(connection: &mut PgConnection, file: Uuid) -> Result<Option<(AccountId, bool)>, Problem> {
    let signed = sqlx::query!(
        r#"select certificate.signed_by, exists (select from destruction_certificates later
            where later.application_id = certificate.application_id and later.number > certificate.number) as "is_corrected!"
        from destruction_attachments file join destruction_certificates certificate
            on (certificate.application_id, certificate.number) = (file.application_id, file.number)
        where file.attachment_id = $1"#,
        file
    )
    .fetch_optional(connection)
    .await?;
    Ok(signed.map(|signed| (AccountId(signed.signed_by), signed.is_corrected)))
}

/// The participations that are certified, and since when.
///
/// # Errors
/// The database's.
pub async fn find_certified(connection: &mut PgConnection) -> Result<BTreeMap<ApplicationId, OffsetDateTime>, Problem> {
    let rows =
        sqlx::query!("select application_id, signed_at from destruction_certificates where number = 1").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (ApplicationId(row.application_id), row.signed_at)).collect())
}

/// The notices sent to a participant, or to all of them, the last first.
///
/// # Errors
/// The database's.
pub async fn find_notices(connection: &mut PgConnection, application: Option<ApplicationId>) -> Result<Vec<Notice>, Problem> {
    let rows = sqlx::query!(
        "select application_id, facts, until, author_name, author_quality, author_service, sent_at from destruction_notices
        where $1::bigint is null or application_id = $1 order by id desc",
        application.map(|application| application.0)
    )
    .fetch_all(connection)
    .await?;
    let notices = rows.into_iter().map(|row| Notice {
        application: ApplicationId(row.application_id),
        facts: row.facts,
        until: calendar::civil(row.until),
        author: Author { name: row.author_name, quality: row.author_quality, service: row.author_service },
        sent_at: row.sent_at,
    });
    Ok(notices.collect())
}

/// What a participation owes that day, if it is over and not certified.
///
/// # Errors
/// The database's.
pub async fn find_unsettled(
    connection: &mut PgConnection,
    participation: &Participation,
    today: Date,
) -> Result<Option<Unsettled>, Problem> {
    let is_certified = !find_certificates(connection, participation.application).await?.is_empty();
    let notices = find_notices(connection, Some(participation.application)).await?;
    Ok(Unsettled::of(participation, is_certified, notices.first(), today))
}

/// Adds a certificate or a correction.
pub(super) async fn add(
    connection: &mut PgConnection,
    by: &Applicant,
    application: ApplicationId,
    certifying: &Certifying,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let Certificate { removed_on, fate, method, signatory, quality } = &certifying.certificate;
    let (kept, legal_basis) = fate.kept().unwrap_or_default();
    sqlx::query!(
        "insert into destruction_certificates (application_id, number, access_removed_on, fate, destroyed_on, kept, legal_basis, method,
            signatory_name, signatory_quality, confirmed, because, signed_by, author_name, signed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        application.0,
        certifying.number,
        calendar::kept(*removed_on),
        fate.named().to_string(),
        fate.destroyed_on().map(calendar::kept),
        kept,
        legal_basis,
        method,
        signatory,
        quality,
        certifying.confirmed,
        certifying.because,
        by.person().account.0,
        by.person().full_name(),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ties a file to a certificate.
pub(super) async fn add_file(
    connection: &mut PgConnection,
    (application, number): (ApplicationId, i32),
    place: i16,
    file: Uuid,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into destruction_attachments (application_id, number, place, attachment_id) values ($1, $2, $3, $4)",
        application.0,
        number,
        place,
        file
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds a notice.
pub(super) async fn add_notice(connection: &mut PgConnection, by: &Reviewer, notice: &Notice) -> Result<(), Problem> {
    sqlx::query!(
        "insert into destruction_notices (application_id, facts, until, sent_by, author_name, author_quality, author_service, sent_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)",
        notice.application.0,
        notice.facts,
        calendar::kept(notice.until),
        by.person().account.0,
        notice.author.name,
        notice.author.quality,
        notice.author.service,
        notice.sent_at
    )
    .execute(connection)
    .await?;
    Ok(())
}
