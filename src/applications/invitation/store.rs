//! SQL of invitations and of the right to fill that they give.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Invitation, InvitationState};
use crate::{
    accounts::{self, EmailAddress, Person},
    applications::{application::Application, tie::SOMEBODY_GONE},
    ids::{AccountId, ApplicationId},
    problem::Problem,
};

struct InvitationRow {
    id: Uuid,
    application_id: i64,
    purpose: String,
    address: String,
    invited_by: i64,
    invited_by_name: String,
    is_inviter_gone: bool,
    invited_at: OffsetDateTime,
    expires_at: OffsetDateTime,
    accepted_at: Option<OffsetDateTime>,
    refused_at: Option<OffsetDateTime>,
    answered_by: Option<i64>,
    ended_at: Option<OffsetDateTime>,
}

impl TryFrom<InvitationRow> for Invitation {
    type Error = Problem;

    fn try_from(row: InvitationRow) -> Result<Self, Problem> {
        Ok(Self {
            id: row.id,
            application: ApplicationId(row.application_id),
            purpose: row.purpose.parse().map_err(anyhow::Error::from)?,
            address: EmailAddress::parse(&row.address).map_err(anyhow::Error::from)?,
            invited_by: AccountId(row.invited_by),
            invited_by_name: if row.is_inviter_gone { SOMEBODY_GONE.into() } else { row.invited_by_name },
            invited_at: row.invited_at,
            expires_at: row.expires_at,
            accepted_at: row.accepted_at,
            refused_at: row.refused_at,
            answered_by: row.answered_by.map(AccountId),
            ended_at: row.ended_at,
        })
    }
}

/// Writes an offer; false when one already waits (for that address, or for the whole demande).
///
/// # Errors
/// The database's.
pub async fn add_invitation(connection: &mut PgConnection, invitation: &Invitation) -> Result<bool, Problem> {
    let added = sqlx::query!(
        "insert into invitations (id, application_id, purpose, address, invited_by, invited_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict do nothing",
        invitation.id,
        invitation.application.0,
        invitation.purpose.to_string(),
        invitation.address.as_str(),
        invitation.invited_by.0,
        invitation.invited_at,
        invitation.expires_at
    )
    .execute(connection)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Offers somebody has made since then.
///
/// # Errors
/// The database's.
pub async fn count_invitations_since(connection: &mut PgConnection, by: AccountId, since: OffsetDateTime) -> Result<i64, Problem> {
    let count =
        sqlx::query_scalar!(r#"select count(*) as "count!" from invitations where invited_by = $1 and invited_at > $2"#, by.0, since)
            .fetch_one(connection)
            .await?;
    Ok(count)
}

/// An offer by its number.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub async fn find_invitation(connection: &mut PgConnection, id: Uuid) -> Result<Invitation, Problem> {
    sqlx::query_as!(
        InvitationRow,
        r#"select i.id, application_id, purpose, address, invited_by, given_name || ' ' || family_name as "invited_by_name!",
            closed_at is not null as "is_inviter_gone!", invited_at, expires_at, accepted_at, refused_at, answered_by, ended_at
        from invitations i join accounts on accounts.id = invited_by where i.id = $1"#,
        id
    )
    .fetch_one(connection)
    .await?
    .try_into()
}

/// The offers about a demande that wait or last, oldest first; expired ones too, until they are taken back.
///
/// # Errors
/// The database's.
pub async fn find_lasting_invitations(connection: &mut PgConnection, id: ApplicationId) -> Result<Vec<Invitation>, Problem> {
    sqlx::query_as!(
        InvitationRow,
        r#"select i.id, application_id, purpose, address, invited_by, given_name || ' ' || family_name as "invited_by_name!",
            closed_at is not null as "is_inviter_gone!", invited_at, expires_at, accepted_at, refused_at, answered_by, ended_at
        from invitations i join accounts on accounts.id = invited_by
        where application_id = $1 and refused_at is null and ended_at is null and (purpose = 'fill' or accepted_at is null)
        order by invited_at, i.id"#,
        id.0
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Invitation::try_from)
    .collect()
}

/// The offers that wait for an answer of that address.
///
/// # Errors
/// The database's.
pub async fn find_invitations_to(
    connection: &mut PgConnection,
    address: &EmailAddress,
    now: OffsetDateTime,
) -> Result<Vec<Invitation>, Problem> {
    sqlx::query_as!(
        InvitationRow,
        r#"select i.id, application_id, purpose, address, invited_by, given_name || ' ' || family_name as "invited_by_name!",
            closed_at is not null as "is_inviter_gone!", invited_at, expires_at, accepted_at, refused_at, answered_by, ended_at
        from invitations i join accounts on accounts.id = invited_by
        where address = $1 and accepted_at is null and refused_at is null and ended_at is null and expires_at > $2
        order by invited_at, i.id"#,
        address.as_str(),
        now
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Invitation::try_from)
    .collect()
}

/// Writes what an offer has become. The caller holds the demande.
///
/// # Errors
/// The database's.
pub async fn save_invitation(
    connection: &mut PgConnection,
    id: Uuid,
    becomes: InvitationState,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    match becomes {
        InvitationState::Accepted => {
            sqlx::query!("update invitations set accepted_at = $2, answered_by = $3 where id = $1", id, now, by.0)
        }
        InvitationState::Refused => {
            sqlx::query!("update invitations set refused_at = $2, answered_by = $3 where id = $1", id, now, by.0)
        }
        InvitationState::Withdrawn | InvitationState::Ended => {
            sqlx::query!("update invitations set ended_at = $2, ended_by = $3 where id = $1", id, now, by.0)
        }
        InvitationState::Open | InvitationState::Expired => return Ok(()),
    }
    .execute(connection)
    .await?;
    Ok(())
}

/// A demande that changes hands: no offer of it waits any more, and its new applicant needs no right to fill it.
///
/// # Errors
/// The database's.
pub async fn end_what_a_new_applicant_ends(
    connection: &mut PgConnection,
    id: ApplicationId,
    applicant: AccountId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "update invitations set ended_at = $3, ended_by = $2
        where application_id = $1 and refused_at is null and ended_at is null
            and (purpose = 'hand_over' and accepted_at is null
                or purpose = 'fill' and (answered_by = $2 or accepted_at is null and address = (select email from accounts where id = $2)))",
        id.0,
        applicant.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether somebody may change what a demande's draft says: its applicant, and whoever accepted to fill it with them.
///
/// # Errors
/// The database's.
pub async fn may_edit(connection: &mut PgConnection, application: &Application, account: AccountId) -> Result<bool, Problem> {
    if application.applicant == account {
        return Ok(true);
    }
    let helps = sqlx::query_scalar!(
        r#"select exists (
            select from invitations
            where application_id = $1 and answered_by = $2 and purpose = 'fill' and accepted_at is not null and ended_at is null
        ) as "helps!""#,
        application.id.0,
        account.0
    )
    .fetch_one(connection)
    .await?;
    Ok(helps)
}

/// Those who may edit a demande and whose account is open, its applicant first.
///
/// # Errors
/// The database's.
pub async fn find_editors(connection: &mut PgConnection, application: &Application) -> Result<Vec<Person>, Problem> {
    let helpers = sqlx::query_scalar!(
        r#"select answered_by as "helper!" from invitations
        where application_id = $1 and purpose = 'fill' and accepted_at is not null and ended_at is null
        order by accepted_at, id"#,
        application.id.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut people = Vec::new();
    for account in std::iter::once(application.applicant).chain(helpers.into_iter().map(AccountId)) {
        people.extend(accounts::find_person(&mut *connection, account).await?);
    }
    Ok(people)
}
