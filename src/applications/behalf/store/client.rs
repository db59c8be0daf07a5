//! SQL of what the client holds and says.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    applications::{
        Contact, ProtectionRole,
        behalf::{ClientLink, ClientRole, Objection, Proposal},
    },
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

fn role(stored: &str) -> Result<ClientRole, Problem> {
    Ok(stored.parse::<ClientRole>().map_err(anyhow::Error::from)?)
}

/// A link by its number.
///
/// # Errors
/// The database's.
pub async fn find_link(connection: &mut PgConnection, id: Uuid) -> Result<Option<ClientLink>, Problem> {
    sqlx::query!(
        "select l.application_id, l.role, l.email, l.name, l.created_at, l.withdrawn_at, a.over_since
        from client_links l join applications a on a.id = l.application_id where l.id = $1",
        id
    )
    .fetch_optional(connection)
    .await?
    .map(|row| {
        Ok(ClientLink {
            id,
            application: ApplicationId(row.application_id),
            role: role(&row.role)?,
            email: row.email,
            name: row.name,
            created_at: row.created_at,
            withdrawn_at: row.withdrawn_at,
            over_since: row.over_since,
        })
    })
    .transpose()
}

/// Withdraws what was sent for that role, unless it is that person's already; whether one is to be sent. The demande is locked by the caller.
pub(in crate::applications::behalf) async fn needs_link(
    connection: &mut PgConnection,
    application: ApplicationId,
    role: ClientRole,
    email: &str,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    sqlx::query!(
        "update client_links set withdrawn_at = $4 where application_id = $1 and role = $2 and email <> $3 and withdrawn_at is null",
        application.0,
        role.to_string(),
        email,
        now
    )
    .execute(&mut *connection)
    .await?;
    let there = sqlx::query_scalar!(
        "select id from client_links where application_id = $1 and role = $2 and withdrawn_at is null",
        application.0,
        role.to_string()
    )
    .fetch_optional(connection)
    .await?;
    Ok(there.is_none())
}

/// Makes a link. The one before it was withdrawn by the caller.
pub(in crate::applications::behalf) async fn add_link(
    connection: &mut PgConnection,
    application: ApplicationId,
    role: ClientRole,
    (email, name): (&str, &str),
    now: OffsetDateTime,
) -> Result<Uuid, Problem> {
    let id = Uuid::new_v4();
    sqlx::query!(
        "insert into client_links (id, application_id, role, email, name, created_at) values ($1, $2, $3, $4, $5, $6)",
        id,
        application.0,
        role.to_string(),
        email,
        name,
        now
    )
    .execute(connection)
    .await?;
    Ok(id)
}

/// Ends a link; false when it had ended.
pub(in crate::applications::behalf) async fn withdraw_link(
    connection: &mut PgConnection,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let ended = sqlx::query!("update client_links set withdrawn_at = $2 where id = $1 and withdrawn_at is null", id, now)
        .execute(connection)
        .await?;
    Ok(ended.rows_affected() == 1)
}

/// Writes an objection down; false when that person's stands already.
pub(in crate::applications::behalf) async fn add_objection(
    connection: &mut PgConnection,
    link: &ClientLink,
    reason: &str,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let added = sqlx::query!(
        "insert into objections (application_id, link_id, role, name, reason, made_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (application_id, role) where lifted_at is null do nothing",
        link.application.0,
        link.id,
        link.role.to_string(),
        link.name,
        reason,
        now
    )
    .execute(connection)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Takes back the objection of that role; false when none stands.
pub(in crate::applications::behalf) async fn lift_objection(
    connection: &mut PgConnection,
    link: &ClientLink,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let lifted = sqlx::query!(
        "update objections set lifted_at = $3 where application_id = $1 and role = $2 and lifted_at is null",
        link.application.0,
        link.role.to_string(),
        now
    )
    .execute(connection)
    .await?;
    Ok(lifted.rows_affected() == 1)
}

/// A reviewer has read it: whose it is, unless it had been read.
pub(in crate::applications::behalf) async fn save_reading(
    connection: &mut PgConnection,
    application: ApplicationId,
    objection: i64,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Option<String>, Problem> {
    let name = sqlx::query_scalar!(
        "update objections set read_at = $4, read_by = $3 where id = $1 and application_id = $2 and read_at is null returning name",
        objection,
        application.0,
        by.0,
        now
    )
    .fetch_optional(connection)
    .await?;
    Ok(name)
}

/// How many objections hold the approval of a demande back.
///
/// # Errors
/// The database's.
pub async fn find_unread_objections(connection: &mut PgConnection, application: ApplicationId) -> Result<Vec<Objection>, Problem> {
    let mut objections = find_objections(connection, application).await?;
    objections.retain(Objection::waits_for_the_team);
    Ok(objections)
}

/// Who watches over the data of a demande, as its last version says.
async fn find_protection(connection: &mut PgConnection, application: ApplicationId) -> Result<ProtectionRole, Problem> {
    let said = sqlx::query_scalar!(
        "select content #>> '{contacts,data_protection_role}' from application_versions where application_id = $1 order by number desc limit 1",
        application.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(said.flatten().and_then(|said| said.parse().ok()).unwrap_or_default())
}

async fn find_objections(connection: &mut PgConnection, application: ApplicationId) -> Result<Vec<Objection>, Problem> {
    let protection = find_protection(&mut *connection, application).await?;
    sqlx::query!(
        "select id, role, name, reason, made_at, read_at, lifted_at from objections where application_id = $1 order by id desc",
        application.0
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        let role = role(&row.role)?;
        Ok(Objection {
            id: row.id,
            role,
            title: role.label(protection),
            name: row.name,
            reason: row.reason,
            made_at: row.made_at,
            read_at: row.read_at,
            lifted_at: row.lifted_at,
        })
    })
    .collect()
}

/// What the client said of a demande: objections, then proposals of contact details that were not taken over, the most recent first.
///
/// # Errors
/// The database's.
pub async fn find_client_news(
    connection: &mut PgConnection,
    application: ApplicationId,
) -> Result<(Vec<Objection>, Vec<Proposal>), Problem> {
    let objections = find_objections(&mut *connection, application).await?;
    let rows = sqlx::query!(
        "select distinct on (role) id, role, contact, proposed_at, taken_at from contact_proposals where application_id = $1
        order by role, id desc",
        application.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let protection = find_protection(connection, application).await?;
    let mut proposals = Vec::new();
    for row in rows {
        let role = role(&row.role)?;
        let contact: Contact = serde_json::from_value(row.contact).map_err(anyhow::Error::from)?;
        let title = role.label(protection);
        proposals.push(Proposal { id: row.id, role, title, contact, proposed_at: row.proposed_at, taken_at: row.taken_at });
    }
    proposals.retain(|proposal| proposal.taken_at.is_none());
    Ok((objections, proposals))
}

/// Keeps what somebody proposes of themself.
pub(in crate::applications::behalf) async fn add_proposal(
    connection: &mut PgConnection,
    link: &ClientLink,
    contact: &Contact,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into contact_proposals (application_id, link_id, role, contact, proposed_at) values ($1, $2, $3, $4, $5)",
        link.application.0,
        link.id,
        link.role.to_string(),
        serde_json::to_value(contact).map_err(anyhow::Error::from)?,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The applicant took a proposal over.
pub(in crate::applications::behalf) async fn save_taking(
    connection: &mut PgConnection,
    proposal: i64,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!("update contact_proposals set taken_at = $2 where id = $1", proposal, now).execute(connection).await?;
    Ok(())
}
