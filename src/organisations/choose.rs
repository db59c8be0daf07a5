//! Looks a typed SIRET up and says what it leads to; changes nothing.

use sqlx::PgPool;

use super::{Answer, Choice, Register, Siret, decide, store};
use crate::problem::Problem;

/// What the desk proposes for what was typed. A register that is away is replaced by what it told before, if anything. No connection
/// is held while the register answers.
///
/// # Errors
/// The database's.
pub async fn choose(db: &PgPool, register: &Register, typed: &str) -> Result<Choice, Problem> {
    let (siret, checksum) = match Siret::parse(typed) {
        Ok(parsed) => parsed,
        Err(fault) => return Ok(Choice::Refused(fault.to_string())),
    };
    let mut answer = register.look_up(&siret).await;
    if answer == Answer::Unavailable
        && let Some(remembered) = store::find_by_siret(&mut *db.acquire().await?, &siret).await?.and_then(|organisation| organisation.facts)
    {
        answer = Answer::Known(Box::new(remembered));
    }
    Ok(decide(siret, checksum, answer))
}
