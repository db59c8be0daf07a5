//! Asks the register anew before something is frozen or decided; it never stands in the way.

use crate::{
    AppState,
    ids::OrganisationId,
    organisations::{Asking, find, hear},
    problem::Problem,
};

/// Brings an organisation up to date with what the register says now. Away, the register is asked again later and what it told before
/// serves, with its date. To be called before a transaction is opened: the register may take two seconds.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is no such organisation.
pub(crate) async fn refresh(state: &AppState, organisation: OrganisationId) -> Result<(), Problem> {
    let siret = find(&mut *state.db.acquire().await?, organisation).await?.siret;
    let answer = state.register.ask(&siret, Asking::Anew).await;
    let mut transaction = state.db.begin().await?;
    hear(&mut transaction, &siret, &answer, state.clock.now()).await?;
    transaction.commit().await?;
    Ok(())
}
