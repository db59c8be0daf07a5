//! SQL of reports.

use std::collections::HashMap;

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    accounts::Applicant,
    attachments::{self, Attachment},
    calendar,
    ids::{AccountId, ApplicationId},
    participation::{Figures, Month, Report, Reports, Sending, Sent, Tenths},
    problem::Problem,
};

/// Who sent that file with the report of which month, and whether it was corrected since; nothing when the file is of no report that left.
///
/// # Errors
/// The database's.
pub async fn find_sender(connection: &mut PgConnection, file: Uuid) -> Result<Option<(AccountId, Month, bool)>, Problem> {
    let sent = sqlx::query!(
        r#"select report.sent_by, report.month, exists (select from monthly_reports later
            where (later.application_id, later.month) = (report.application_id, report.month) and later.number > report.number) as "is_corrected!"
        from report_attachments file join monthly_reports report
            on (report.application_id, report.month, report.number) = (file.application_id, file.month, file.number)
        where file.attachment_id = $1"#,
        file
    )
    .fetch_optional(connection)
    .await?;
    Ok(sent.map(|sent| (AccountId(sent.sent_by), Month::of(calendar::civil(sent.month)), sent.is_corrected)))
}

/// How many times the report of each month was sent, by candidature.
#[derive(Debug, Default)]
pub struct Counts(HashMap<(ApplicationId, Month), usize>);

impl Counts {
    /// Of that month.
    pub fn of(&self, application: ApplicationId, month: Month) -> usize {
        self.0.get(&(application, month)).copied().unwrap_or_default()
    }
}

fn counted(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn kept(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The reports of a participation, corrections and files included.
///
/// # Errors
/// The database's.
pub async fn find_reports(connection: &mut PgConnection, application: ApplicationId) -> Result<Reports, Problem> {
    let rows = sqlx::query!(
        "select month, number, connections_through_fc, connections, accounts_through_fc, accounts, growth, method, users_words, confirmed, because,
            is_imported, author_name, sent_at
        from monthly_reports where application_id = $1 order by month, number",
        application.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut files = find_files(connection, application).await?;
    let mut reports = Reports::new();
    for row in rows {
        let month = Month::of(calendar::civil(row.month));
        let figures = Figures {
            connections_through_fc: counted(row.connections_through_fc),
            connections: counted(row.connections),
            accounts_through_fc: counted(row.accounts_through_fc),
            accounts: counted(row.accounts),
        };
        reports.entry(month).or_default().push(Sent {
            number: row.number,
            report: Report { figures, growth: Tenths(row.growth), method: row.method, words: row.users_words },
            confirmed: row.confirmed,
            because: row.because,
            is_imported: row.is_imported,
            author: row.author_name,
            sent_at: row.sent_at,
            files: files.remove(&(month, row.number)).unwrap_or_default(),
        });
    }
    Ok(reports)
}

async fn find_files(connection: &mut PgConnection, application: ApplicationId) -> Result<HashMap<(Month, i32), Vec<Attachment>>, Problem> {
    let links = sqlx::query!(
        r#"select month, number as "number!", attachment_id from report_attachments
        where application_id = $1 and number is not null order by attachment_id"#,
        application.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let month = |first: time::Date| Month::of(calendar::civil(first));
    let links: Vec<((Month, i32), Uuid)> = links.into_iter().map(|link| ((month(link.month), link.number), link.attachment_id)).collect();
    attachments::find_tied(connection, &links).await
}

/// How many times each report was sent, of every participation.
///
/// # Errors
/// The database's.
pub async fn find_counts(connection: &mut PgConnection) -> Result<Counts, Problem> {
    let rows = sqlx::query!(r#"select application_id, month, max(number) as "sent!" from monthly_reports group by application_id, month"#)
        .fetch_all(connection)
        .await?;
    let counts = rows.into_iter().map(|row| {
        let month = Month::of(calendar::civil(row.month));
        ((ApplicationId(row.application_id), month), usize::try_from(row.sent).unwrap_or_default())
    });
    Ok(Counts(counts.collect()))
}

/// Adds a report or a correction.
///
/// # Errors
/// The database's: the constraint that refuses it, when one does.
pub async fn add(
    connection: &mut PgConnection,
    by: &Applicant,
    (application, month): (ApplicationId, Month),
    sending: &Sending,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let figures = &sending.report.figures;
    sqlx::query!(
        "insert into monthly_reports (application_id, month, number, connections_through_fc, connections, accounts_through_fc, accounts, growth,
            method, users_words, confirmed, because, is_imported, sent_by, author_name, sent_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        application.0,
        first_day(month),
        sending.number,
        kept(figures.connections_through_fc),
        kept(figures.connections),
        kept(figures.accounts_through_fc),
        kept(figures.accounts),
        sending.report.growth.0,
        sending.report.method,
        sending.report.words,
        sending.confirmed,
        sending.because,
        sending.is_imported,
        by.person().account.0,
        by.person().full_name(),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A month as the database keeps it.
pub(super) fn first_day(month: Month) -> Date {
    calendar::kept(month.first_day())
}
