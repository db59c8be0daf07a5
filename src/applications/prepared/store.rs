//! SQL of prepared demandes.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Prepared;
use crate::{
    accounts::EmailAddress,
    ids::{AccountId, ApplicationId, OrganisationId},
    problem::Problem,
};

/// Writes it down; false when the page was posted twice, or one of the same kind waits for that address and organisation.
///
/// # Errors
/// The database's.
pub(super) async fn add_prepared(connection: &mut PgConnection, prepared: &Prepared) -> Result<bool, Problem> {
    let added = sqlx::query!(
        "insert into prepared_demandes (id, preset, organisation_id, address, note, answers, prepared_by, prepared_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
        prepared.id,
        prepared.preset,
        prepared.organisation.0,
        prepared.address.as_str(),
        prepared.note,
        prepared.answers,
        prepared.prepared_by.0,
        prepared.prepared_at,
        prepared.expires_at
    )
    .execute(connection)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Those with that number, or every one nobody has taken yet, oldest first.
async fn find(connection: &mut PgConnection, id: Option<Uuid>) -> Result<Vec<Prepared>, Problem> {
    let rows = sqlx::query!(
        r#"select prepared.id, preset, organisation_id, organisations.name as organisation_name, address, note, answers, prepared_by,
            given_name || ' ' || family_name as "prepared_by_name!", prepared_at, expires_at, application_id, cancelled_at
        from prepared_demandes as prepared
            join organisations on organisations.id = organisation_id join accounts on accounts.id = prepared_by
        where case when $1::uuid is null then application_id is null and cancelled_at is null else prepared.id = $1 end
        order by prepared_at, prepared.id"#,
        id
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Prepared {
                id: row.id,
                preset: row.preset,
                organisation: OrganisationId(row.organisation_id),
                organisation_name: row.organisation_name,
                address: EmailAddress::parse(&row.address).map_err(anyhow::Error::from)?,
                note: row.note,
                answers: row.answers,
                prepared_by: AccountId(row.prepared_by),
                prepared_by_name: row.prepared_by_name,
                prepared_at: row.prepared_at,
                expires_at: row.expires_at,
                application: row.application_id.map(ApplicationId),
                cancelled_at: row.cancelled_at,
            })
        })
        .collect()
}

/// One of them.
///
/// # Errors
/// [`Problem::NotFound`] when there is none of that number; the database's.
pub async fn find_prepared(connection: &mut PgConnection, id: Uuid) -> Result<Prepared, Problem> {
    find(connection, Some(id)).await?.pop().ok_or(Problem::NotFound)
}

/// As [`find_prepared`], and nobody else changes it before the transaction ends.
///
/// # Errors
/// As [`find_prepared`].
pub(super) async fn lock_prepared(connection: &mut PgConnection, id: Uuid) -> Result<Prepared, Problem> {
    sqlx::query_scalar!("select id from prepared_demandes where id = $1 for update", id).fetch_optional(&mut *connection).await?;
    find_prepared(connection, id).await
}

/// Those nobody has taken yet, oldest first.
///
/// # Errors
/// The database's.
pub async fn find_unclaimed(connection: &mut PgConnection) -> Result<Vec<Prepared>, Problem> {
    find(connection, None).await
}

/// Who of the team prepared a demande; nobody when its applicant started it.
///
/// # Errors
/// The database's.
pub async fn find_preparer(connection: &mut PgConnection, application: ApplicationId) -> Result<Option<AccountId>, Problem> {
    let preparer = sqlx::query_scalar!("select prepared_by from prepared_demandes where application_id = $1", application.0)
        .fetch_optional(connection)
        .await?;
    Ok(preparer.map(AccountId))
}

/// It became that draft.
///
/// # Errors
/// The database's.
pub(super) async fn save_claim(connection: &mut PgConnection, id: Uuid, application: ApplicationId) -> Result<(), Problem> {
    sqlx::query!("update prepared_demandes set application_id = $2 where id = $1", id, application.0).execute(connection).await?;
    Ok(())
}

/// It waits until then.
///
/// # Errors
/// The database's.
pub(super) async fn save_renewal(connection: &mut PgConnection, id: Uuid, expires_at: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update prepared_demandes set expires_at = $2 where id = $1", id, expires_at).execute(connection).await?;
    Ok(())
}

/// The team took it back.
///
/// # Errors
/// The database's.
pub(super) async fn save_cancellation(connection: &mut PgConnection, id: Uuid, at: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update prepared_demandes set cancelled_at = $2 where id = $1", id, at).execute(connection).await?;
    Ok(())
}
