//! SQL of what the antivirus says.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    attachments::Scan,
    ids::{ApplicationId, OrganisationId},
    journal::FileFact,
    problem::Problem,
};

/// A file the antivirus said something of.
pub struct Scanned {
    /// Its number.
    pub id: Uuid,
    /// Its demande.
    pub application: ApplicationId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// As the journal names it.
    pub fact: FileFact,
}

/// Objects the antivirus has not looked at, after that one, in the order they came.
///
/// # Errors
/// The database's.
pub async fn find_to_scan(connection: &mut PgConnection, after: Uuid, most: i64) -> Result<Vec<Uuid>, Problem> {
    Ok(sqlx::query_scalar!(
        "select distinct object_id from attachments where scan = 'pending' and object_id > $1 order by object_id limit $2",
        after,
        most
    )
    .fetch_all(connection)
    .await?)
}

/// Writes down what the antivirus said of an object; the files it is the content of, when they were still waiting.
pub async fn save_scan(connection: &mut PgConnection, object: Uuid, scan: Scan) -> Result<Vec<Scanned>, Problem> {
    let rows = sqlx::query!(
        r#"update attachments a set scan = $2 from applications d
        where a.object_id = $1 and a.scan = 'pending' and d.id = a.application_id
        returning a.id, a.application_id, d.organisation_id, a.name, encode(a.sha256, 'hex') as "sha256!""#,
        object,
        scan.to_string()
    )
    .fetch_all(connection)
    .await?;
    let scanned = rows.into_iter().map(|row| Scanned {
        id: row.id,
        application: ApplicationId(row.application_id),
        organisation: OrganisationId(row.organisation_id),
        fact: FileFact { name: row.name, sha256: row.sha256 },
    });
    Ok(scanned.collect())
}
