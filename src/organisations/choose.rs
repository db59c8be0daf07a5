//! Looks a typed SIRET up and says what it leads to; changes nothing.

use sqlx::PgConnection;

use super::{Answer, Choice, LegalEntity, Register, Siret, decide, store};
use crate::problem::Problem;

/// What the desk proposes for what was typed. A register that is away is replaced by what it told before, if anything.
///
/// # Errors
/// The database's.
pub async fn choose(connection: &mut PgConnection, register: &Register, typed: &str) -> Result<Choice, Problem> {
    let (siret, checksum) = match Siret::parse(typed) {
        Ok(parsed) => parsed,
        Err(fault) => return Ok(Choice::Refused(fault.to_string())),
    };
    let mut answer = register.look_up(&siret);
    if answer == Answer::Unavailable
        && let Some(organisation) = store::find_by_siret(connection, &siret).await?
        && let Some(remembered) = LegalEntity::remembered(&organisation)
    {
        answer = Answer::Known(remembered);
    }
    Ok(decide(siret, checksum, answer))
}
