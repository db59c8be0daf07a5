//! SQL of what somebody of the team answers for.

use std::collections::HashMap;

use sqlx::PgConnection;

use crate::{
    ids::{AccountId, ApplicationId, OrganisationId},
    problem::Problem,
};

/// An open dossier somebody answers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub application: ApplicationId,
    pub organisation: OrganisationId,
}

/// The open dossiers somebody answers for, locked in the order of their numbers.
///
/// # Errors
/// The database's.
pub(super) async fn lock_held(connection: &mut PgConnection, account: AccountId) -> Result<Vec<Held>, Problem> {
    let rows = sqlx::query!(
        "select id, organisation_id from applications where assigned_to = $1 and over_since is null order by id for update",
        account.0
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| Held { application: ApplicationId(row.id), organisation: OrganisationId(row.organisation_id) }).collect())
}

/// Nobody answers for those any more.
///
/// # Errors
/// The database's.
pub(super) async fn save_released(connection: &mut PgConnection, held: &[Held]) -> Result<(), Problem> {
    let ids: Vec<i64> = held.iter().map(|held| held.application.0).collect();
    sqlx::query!("update applications set assigned_to = null, assigned_at = null where id = any($1)", &ids).execute(connection).await?;
    Ok(())
}

/// How many open dossiers each person answers for; nobody with none.
///
/// # Errors
/// The database's.
pub(super) async fn count_held(connection: &mut PgConnection) -> Result<HashMap<AccountId, i64>, Problem> {
    let rows = sqlx::query!(
        r#"select assigned_to as "account!", count(*) as "held!" from applications
        where assigned_to is not null and over_since is null group by assigned_to"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (AccountId(row.account), row.held)).collect())
}
