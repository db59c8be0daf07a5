//! SQL of lists of clients.

use sqlx::{PgConnection, types::Json};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    applications::{
        Preset,
        behalf::{Import, ImportLine, Model},
    },
    ids::{AccountId, ApplicationId, OrganisationId},
    problem::Problem,
};

/// A list is kept that long for its preview.
const KEPT: Duration = Duration::days(7);

/// A demande a vendor filed, or is filing.
pub(in crate::applications::behalf) struct Filed {
    pub id: ApplicationId,
    pub siret: String,
    pub service_name: String,
}

/// What a vendor has filed or is filing, what is over and gave no right left out.
pub(in crate::applications::behalf) async fn find_filed(
    connection: &mut PgConnection,
    vendor: OrganisationId,
) -> Result<Vec<Filed>, Problem> {
    let rows = sqlx::query!(
        "select a.id, o.siret, a.service_name from applications a join organisations o on o.id = a.organisation_id
        where a.represented_by = $1 and a.state not in ('refused', 'withdrawn', 'closed') order by a.id",
        vendor.0
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| Filed { id: ApplicationId(row.id), siret: row.siret, service_name: row.service_name }).collect())
}

/// Keeps a list; those kept for too long go, their drafts stay.
pub(in crate::applications::behalf) async fn add(
    connection: &mut PgConnection,
    account: AccountId,
    vendor: OrganisationId,
    model: Model,
    lines: &[ImportLine],
    now: OffsetDateTime,
) -> Result<Uuid, Problem> {
    sqlx::query!("delete from client_imports where created_at < $1", now - KEPT).execute(&mut *connection).await?;
    let id = Uuid::new_v4();
    sqlx::query!(
        "insert into client_imports (id, account_id, vendor_id, preset, copied_from, created_at) values ($1, $2, $3, $4, $5, $6)",
        id,
        account.0,
        vendor.0,
        model.preset.slug,
        model.copied_from.map(|id| id.0),
        now
    )
    .execute(&mut *connection)
    .await?;
    let (mut numbers, mut sirets, mut cells, mut names, mut faults, mut notes, mut keys) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        numbers.push(line.number);
        sirets.push(line.siret.clone());
        cells.push(serde_json::to_value(&line.cells).map_err(anyhow::Error::from)?);
        names.push(line.name.clone());
        faults.push(line.fault.clone());
        notes.push(line.note.clone());
        keys.push(line.start_key);
    }
    sqlx::query!(
        "insert into client_import_lines (import_id, number, siret, cells, name, fault, note, start_key)
        select $1, line.* from unnest($2::integer[], $3::text[], $4::jsonb[], $5::text[], $6::text[], $7::text[], $8::uuid[]) as line",
        id,
        &numbers,
        &sirets,
        &cells,
        &names as &[Option<String>],
        &faults as &[Option<String>],
        &notes as &[Option<String>],
        &keys
    )
    .execute(connection)
    .await?;
    Ok(id)
}

/// A list of somebody's.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none or it is somebody else's.
pub async fn find_import(connection: &mut PgConnection, id: Uuid, account: AccountId) -> Result<Import, Problem> {
    let row = sqlx::query!("select account_id, vendor_id, preset, copied_from, confirmed_at from client_imports where id = $1", id)
        .fetch_one(&mut *connection)
        .await?;
    if row.account_id != account.0 {
        return Err(Problem::NotFound);
    }
    Ok(Import {
        id,
        account,
        vendor: OrganisationId(row.vendor_id),
        model: Model {
            // Its name was taken out of the table since the list was read.
            preset: Preset::named(&row.preset).ok_or(Problem::NotFound)?,
            copied_from: row.copied_from.map(ApplicationId),
        },
        confirmed_at: row.confirmed_at,
        lines: find_lines(connection, id).await?,
    })
}

async fn find_lines(connection: &mut PgConnection, id: Uuid) -> Result<Vec<ImportLine>, Problem> {
    let rows = sqlx::query!(
        r#"select number, siret, cells as "cells: Json<std::collections::BTreeMap<String, String>>", name, fault, note, start_key, application_id
        from client_import_lines where import_id = $1 order by number"#,
        id
    )
    .fetch_all(connection)
    .await?;
    let lines = rows.into_iter().map(|row| ImportLine {
        number: row.number,
        siret: row.siret,
        cells: row.cells.0,
        name: row.name,
        fault: row.fault,
        note: row.note,
        start_key: row.start_key,
        application: row.application_id.map(ApplicationId),
    });
    Ok(lines.collect())
}

/// A list and its lock: two tabs that confirm it follow one another.
pub(in crate::applications::behalf) async fn lock(connection: &mut PgConnection, id: Uuid) -> Result<Import, Problem> {
    let account =
        sqlx::query_scalar!("select account_id from client_imports where id = $1 for update", id).fetch_one(&mut *connection).await?;
    find_import(connection, id, AccountId(account)).await
}

/// The draft a line became.
pub(in crate::applications::behalf) async fn save_draft(
    connection: &mut PgConnection,
    id: Uuid,
    number: i32,
    application: ApplicationId,
) -> Result<(), Problem> {
    sqlx::query!("update client_import_lines set application_id = $3 where import_id = $1 and number = $2", id, number, application.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Every draft of a list exists.
pub(in crate::applications::behalf) async fn save_confirmation(
    connection: &mut PgConnection,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!("update client_imports set confirmed_at = $2 where id = $1", id, now).execute(connection).await?;
    Ok(())
}
