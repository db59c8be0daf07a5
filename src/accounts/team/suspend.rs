//! Acts: an administrator suspends the account of somebody of the team, or opens it again.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{role_change::NotForYou, store};
use crate::{
    accounts::{Administrator, Person, Role, store as accounts},
    ids::AccountId,
    journal::{self, Event, Subject, TeamFact},
    problem::Problem,
    web::session,
};

/// Suspends the account: its owner signs in no more, their sessions end, their roles and their name stay. None when it was suspended
/// already. The caller releases what the person answered for and records the fact.
///
/// # Errors
/// [`Problem::NotFound`] when the person is not of the team; [`Problem::NotPossible`] for one's own account, and when nobody else could
/// manage the team; [`Problem::Forbidden`] when whoever acts is no administrator any more; the database's.
pub async fn suspend(
    connection: &mut PgConnection,
    by: &Administrator,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<Option<Person>, Problem> {
    let known = accounts::lock_account(connection, account).await?.filter(|known| known.person.is_staff()).ok_or(Problem::NotFound)?;
    store::lock_as_administrator(connection, by).await?;
    if by.person().account == account {
        return Err(Problem::not_possible(NotForYou::OwnAccount.to_string()));
    }
    if known.is_suspended {
        return Ok(None);
    }
    if known.person.is(Role::Admin) {
        store::keep_an_administrator(connection, account).await?;
    }
    store::save_suspended(connection, account, Some(now)).await?;
    session::end_all(connection, account, None).await?;
    Ok(Some(known.person))
}

/// Opens the account again, with the roles it has; none when it was open.
///
/// # Errors
/// [`Problem::NotFound`] when the person is not of the team; [`Problem::Forbidden`] when whoever acts is no administrator any more; the
/// database's.
pub async fn reopen(
    connection: &mut PgConnection,
    by: &Administrator,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<Option<Person>, Problem> {
    let known = accounts::lock_account(connection, account).await?.filter(|known| known.person.is_staff()).ok_or(Problem::NotFound)?;
    store::lock_as_administrator(connection, by).await?;
    if !known.is_suspended {
        return Ok(None);
    }
    store::save_suspended(connection, account, None).await?;
    journal::record(connection, &by.by(), Subject::account(account), &Event::OfTeam(TeamFact::AccountReopened), now).await?;
    Ok(Some(known.person))
}
