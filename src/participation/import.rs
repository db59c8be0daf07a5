//! Act: send the reports of a file.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    FileError, read_reports,
    send::{Sending, lock, send},
    store::reports::find_reports,
};
use crate::{accounts::Applicant, calendar, ids::ApplicationId, problem::Problem};

/// Reads a file and sends every report it holds, or nothing: how many, or everything that is wrong with it.
///
/// # Errors
/// The database's.
pub async fn import(
    connection: &mut PgConnection,
    by: &Applicant,
    application: ApplicationId,
    bytes: &[u8],
    now: OffsetDateTime,
) -> Result<Result<usize, Vec<FileError>>, Problem> {
    let participation = lock(connection, application).await?;
    let known = find_reports(connection, application).await?;
    let reports = match read_reports(bytes, &participation, &known, calendar::paris_date(now)) {
        Ok(reports) => reports,
        Err(errors) => return Ok(Err(errors)),
    };
    let count = reports.len();
    for read in reports {
        let sending = Sending { number: 1, report: read.report, confirmed: read.confirmed, because: String::new(), is_imported: true };
        send(connection, by, application, read.month, &sending, now).await?;
    }
    Ok(Ok(count))
}
