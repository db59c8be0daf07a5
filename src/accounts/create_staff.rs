//! Somebody joins the team: an operator at the command line gives them roles, or an administrator.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    account::NewAccount,
    choose_password::ENDED_BY_A_PASSWORD,
    links::{self, Purpose},
    person::{EmailAddress, Person},
    role::Role,
    store,
};
use crate::{
    journal::{self, By, Event, Subject},
    notifications::{self, Letter},
    problem::Problem,
    web::session,
};

/// Who joins the team.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// The address the invitation goes to.
    pub email: EmailAddress,
    /// First name; an account that exists keeps its own.
    pub given_name: String,
    /// Name; likewise.
    pub family_name: String,
    /// The roles, one at least.
    pub roles: Vec<Role>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct StaffCreated {
    /// The person, with every role they now have.
    pub person: Person,
    /// The roles they did not have before.
    pub added: Vec<Role>,
    /// The link by which they choose their password; none when they have one.
    pub invitation: Option<Uuid>,
}

/// Gives the roles. Without an account, or without a confirmed one, the person receives a link to choose their password: nobody else ever
/// knows it. Their open sessions end, for the rights they carry have changed.
///
/// # Errors
/// The database's; [`Problem::NotPossible`] when no role is given or the account is suspended.
pub async fn create_staff(connection: &mut PgConnection, by: &By, new: &NewStaff, now: OffsetDateTime) -> Result<StaffCreated, Problem> {
    if new.roles.is_empty() {
        return Err(Problem::not_possible("Donnez au moins un rôle."));
    }
    let unanswered = NewAccount {
        email: &new.email,
        given_name: &new.given_name,
        family_name: &new.family_name,
        job_title: "",
        phone: "",
        password: None,
        is_confirmed: false,
    };
    let is_new = store::add_account(connection, &unanswered, now).await?.is_some();
    let found = store::find_account_by_email(connection, &new.email).await?.ok_or(Problem::NotFound)?;
    let account = store::lock_account(connection, found.person.account).await?.ok_or(Problem::NotFound)?;
    if account.is_suspended {
        return Err(Problem::not_possible("Ce compte est suspendu. Rien n’a été changé."));
    }
    let id = account.person.account;
    if is_new {
        journal::record(connection, by, Subject::account(id), &Event::AccountCreated, now).await?;
    }
    let mut added = Vec::new();
    for role in &new.roles {
        if store::add_role(connection, id, *role, now).await? {
            journal::record(connection, by, Subject::account(id), &Event::RoleGranted { role: role.label().into() }, now).await?;
            added.push(*role);
        }
    }
    if !added.is_empty() {
        session::end_all(connection, id, None).await?;
    }
    let person = store::find_account(connection, id).await?.ok_or(Problem::NotFound)?.person;
    let invitation = if account.is_confirmed && account.password.is_some() {
        None
    } else {
        // Chosen by whoever signed up with that address, who may be anybody.
        store::save_password(connection, id, None).await?;
        links::withdraw(connection, id, &ENDED_BY_A_PASSWORD, now).await?;
        Some(invite(connection, &person, now).await?)
    };
    Ok(StaffCreated { person, added, invitation })
}

/// Sends the link by which a member of the team chooses their password.
pub(super) async fn invite(connection: &mut PgConnection, person: &Person, now: OffsetDateTime) -> Result<Uuid, Problem> {
    let link = links::issue(connection, person.account, Purpose::StaffInvitation, now).await?;
    let role = Role::labels(&person.roles);
    let letter = Letter::StaffInvitation { link, role, expires_at: now + Purpose::StaffInvitation.lasts() };
    notifications::enqueue(connection, &format!("link {link}"), &person.as_recipient(), &letter, now).await?;
    Ok(link)
}
