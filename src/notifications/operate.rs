//! What an operator does with a letter, from the command line: `habilitation outbox retry|hold|release`.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    outbox::{self, OperatorAct},
    store,
};
use crate::{
    journal::{self, By, Event, Subject},
    problem::Problem,
};

/// Tries a letter again now: one that waits for its next try, was given up, or may have left.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::NotPossible`] when the state does not allow it or a worker is sending it.
pub async fn retry(connection: &mut PgConnection, by: &By, id: Uuid, now: OffsetDateTime) -> Result<(), Problem> {
    operate(connection, by, id, OperatorAct::Retry, now).await
}

/// Holds a letter back until it is released.
///
/// # Errors
/// As [`retry`].
pub async fn hold(connection: &mut PgConnection, by: &By, id: Uuid, now: OffsetDateTime) -> Result<(), Problem> {
    operate(connection, by, id, OperatorAct::Hold, now).await
}

/// Lets a held letter go.
///
/// # Errors
/// As [`retry`].
pub async fn release(connection: &mut PgConnection, by: &By, id: Uuid, now: OffsetDateTime) -> Result<(), Problem> {
    operate(connection, by, id, OperatorAct::Release, now).await
}

async fn operate(connection: &mut PgConnection, by: &By, id: Uuid, act: OperatorAct, now: OffsetDateTime) -> Result<(), Problem> {
    let letter = store::lock_letter(connection, id).await?;
    if letter.is_leaving(now) {
        return Err(Problem::not_possible("Cette lettre est en train de partir. Attendez quelques minutes, puis regardez où elle en est."));
    }
    let state = outbox::after(letter.state, act).map_err(Problem::not_possible)?;
    store::save_state(connection, id, state, now).await?;
    let kind = letter.title();
    let event = match act {
        OperatorAct::Retry => Event::LetterRetried { kind },
        OperatorAct::Hold => Event::LetterHeld { kind },
        OperatorAct::Release => Event::LetterReleased { kind },
    };
    let subject = Subject { application: letter.application, ..Subject::default() };
    journal::record(connection, by, subject, &event, now).await
}
