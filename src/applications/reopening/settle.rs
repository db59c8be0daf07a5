//! What every act that ends the instruction of a demande does to it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::return_to_granted;
use crate::{
    applications::{Act, Application, State, save_state},
    experimentation::{self, Leaving},
    problem::Problem,
};

/// Moves a demande, which the caller holds, to where [`Application::after`] says that the act leads: a change that is refused, given up or
/// closed gives back what was granted. A candidature that is over leaves its line, and the place it held goes on.
///
/// # Errors
/// The database's.
pub async fn settle(
    connection: &mut PgConnection,
    application: &Application,
    act: Act,
    becomes: State,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    match application.reopened_from {
        Some(granted) if matches!(act, Act::Refuse | Act::Withdraw | Act::Close) => {
            return_to_granted(connection, application, granted, now).await
        }
        _ => {
            if let Some(because) = leaving(act) {
                experimentation::leave_line(connection, application.id, because, now).await?;
            }
            save_state(connection, application.id, becomes, now).await
        }
    }
}

/// Why a candidature leaves its line by an act.
fn leaving(act: Act) -> Option<Leaving> {
    match act {
        Act::Refuse => Some(Leaving::Refused),
        Act::Withdraw => Some(Leaving::Withdrawn),
        Act::Close => Some(Leaving::Closed),
        _ => None,
    }
}
