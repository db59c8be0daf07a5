//! SQL of who answers for a dossier.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    ids::{AccountId, ApplicationId},
    problem::Problem,
    review::queue::Owner,
};

/// Who answers for a dossier.
///
/// # Errors
/// The database's.
pub async fn find_owner(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<Owner>, Problem> {
    let owner = sqlx::query!(
        r#"select accounts.id, given_name || ' ' || family_name as "name!", a.assigned_at as "since!"
        from applications a join accounts on accounts.id = a.assigned_to where a.id = $1"#,
        id.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(owner.map(|owner| Owner { account: AccountId(owner.id), name: owner.name, since: owner.since }))
}

/// Somebody answers for a dossier from now on, or nobody does.
///
/// # Errors
/// The database's.
pub(in crate::review) async fn save_owner(
    connection: &mut PgConnection,
    id: ApplicationId,
    owner: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "update applications set assigned_to = $2, assigned_at = case when $2::bigint is null then null else $3::timestamptz end where id = $1",
        id.0,
        owner.map(|owner| owner.0),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Locks the oldest dossier that waits for the team and that nobody has taken, after that one; those a colleague is taking at this moment
/// are passed over.
///
/// # Errors
/// The database's.
pub(in crate::review) async fn lock_next_untaken(
    connection: &mut PgConnection,
    after: Option<ApplicationId>,
) -> Result<Option<ApplicationId>, Problem> {
    let id = sqlx::query_scalar!(
        "select id from applications a
        where state = 'submitted' and assigned_to is null
            and ($1::bigint is null or (received_at, id) > (select passed.received_at, passed.id from applications passed where passed.id = $1))
            and not exists (select from prepared_decisions p where p.application_id = a.id and p.version = a.version)
            and not exists (
                select from opinion_requests asked
                where asked.application_id = a.id and asked.version = a.version and not exists (
                    select from opinions given
                    where given.application_id = a.id and given.version = a.version and given.service = asked.service))
        order by received_at, id limit 1 for update of a skip locked",
        after.map(|id| id.0)
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(ApplicationId))
}
