//! Somebody closes their account: the person is erased, what they did remains.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{change_password::recognise, role::Role, sign_in::Compared, store, team};
use crate::{
    ids::AccountId,
    journal::{self, Event, Subject},
    problem::Problem,
    web::session,
};

/// Closes the account of whoever typed its password; none when it was not the one. The address is free for a new account afterwards.
///
/// # Errors
/// [`Problem::NotPossible`] when nobody else could manage the team; the database's.
pub async fn close_account(connection: &mut PgConnection, compared: Compared, now: OffsetDateTime) -> Result<Option<AccountId>, Problem> {
    let Some(person) = recognise(connection, compared).await? else { return Ok(None) };
    if person.is(Role::Admin) && !team::lock_other_administrators(connection, person.account).await? {
        return Err(Problem::not_possible(
            "Vous êtes le dernier administrateur du guichet : donnez d’abord ce rôle à quelqu’un d’autre. Votre compte reste ouvert.",
        ));
    }
    journal::record(connection, &person.as_author(), Subject::account(person.account), &Event::AccountClosed, now).await?;
    session::end_all(connection, person.account, None).await?;
    store::save_closed(connection, person.account, now).await?;
    Ok(Some(person.account))
}
