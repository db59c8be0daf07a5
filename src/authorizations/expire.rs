//! Act: a right expires, at the end of the time it was granted for.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{State, store};
use crate::{ids::AuthorizationId, problem::Problem};

/// The time of a right is over: it may not be used any more. One that has ended already stays as it is. Whoever ends its time writes it in the
/// journal and tells its holder.
///
/// # Errors
/// The database's.
pub async fn expire(connection: &mut PgConnection, right: AuthorizationId, now: OffsetDateTime) -> Result<(), Problem> {
    let authorization = store::lock(connection, right).await?;
    if authorization.state.is_in_force() {
        store::save_state(connection, right, State::Expired, None, now).await?;
    }
    Ok(())
}
