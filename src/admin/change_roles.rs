//! Act: an administrator changes the roles of somebody of the team.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{release::release, store};
use crate::{
    accounts::{
        Administrator, Person, Reviewer, Role,
        team::{self, RolesChanged},
    },
    ids::AccountId,
    problem::Problem,
};

/// As [`team::change_roles`]; whoever can no longer decide answers for no open dossier.
///
/// # Errors
/// Those of [`team::change_roles`]; the database's.
pub async fn change_roles(
    connection: &mut PgConnection,
    by: &Administrator,
    account: AccountId,
    shown: &[Role],
    roles: &[Role],
    now: OffsetDateTime,
) -> Result<RolesChanged, Problem> {
    // Demandes before the account, as every act takes them.
    let held = store::lock_held(connection, account).await?;
    let changed = team::change_roles(connection, by, account, shown, roles, now).await?;
    if let RolesChanged::Done(person, _) = &changed
        && Reviewer::new(Person::clone(person)).is_none()
    {
        release(connection, by, person, &held, now).await?;
    }
    Ok(changed)
}
