//! Act: an administrator gives and takes the roles of somebody of the team.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{role_change::RoleChange, store};
use crate::{
    accounts::{Administrator, Person, Role, store as accounts},
    ids::AccountId,
    journal::{self, Event, Subject, TeamFact},
    problem::Problem,
    web::session,
};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RolesChanged {
    /// The person, with the roles they now have; what was given and taken.
    Done(Box<Person>, RoleChange),
    /// Somebody changed them since the page was shown: the roles of now. Nothing was done.
    Meanwhile(Vec<Role>),
}

/// Gives the person exactly those roles. `shown` are the roles the administrator saw. Open sessions of the person end when something
/// changes, for the rights they carry have changed.
///
/// # Errors
/// [`Problem::NotFound`] when the person is not of the team; [`Problem::NotPossible`] for one's own administration, and when nobody else
/// could manage the team; [`Problem::Forbidden`] when whoever acts is no administrator any more; the database's.
pub async fn change_roles(
    connection: &mut PgConnection,
    by: &Administrator,
    account: AccountId,
    shown: &[Role],
    roles: &[Role],
    now: OffsetDateTime,
) -> Result<RolesChanged, Problem> {
    let known = accounts::lock_account(connection, account).await?.filter(|known| known.person.is_staff()).ok_or(Problem::NotFound)?;
    store::lock_as_administrator(connection, by).await?;
    let person = known.person;
    if !RoleChange::between(shown, &person.roles).is_empty() {
        return Ok(RolesChanged::Meanwhile(person.roles));
    }
    let change = RoleChange::between(&person.roles, roles);
    change.is_allowed(by.person().account, account).map_err(|refusal| Problem::not_possible(refusal.to_string()))?;
    if change.taken.contains(&Role::Admin) {
        store::keep_an_administrator(connection, account).await?;
    }
    for role in &change.given {
        accounts::add_role(connection, account, *role, now).await?;
        let event = Event::RoleGranted { role: role.label().into() };
        journal::record(connection, &by.by(), Subject::account(account), &event, now).await?;
    }
    for role in &change.taken {
        store::remove_role(connection, account, *role).await?;
        let event = Event::OfTeam(TeamFact::RoleTaken { role: role.label().into() });
        journal::record(connection, &by.by(), Subject::account(account), &event, now).await?;
    }
    if !change.is_empty() {
        session::end_all(connection, account, None).await?;
    }
    Ok(RolesChanged::Done(Box::new(Person { roles: roles.to_vec(), ..person }), change))
}
