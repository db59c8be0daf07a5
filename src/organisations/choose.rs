//! Looks a typed SIRET up and says what it leads to; a register that is away is asked again later.

use sqlx::PgPool;
use time::OffsetDateTime;

use super::{Answer, Choice, Register, Siret, decide, lookup, store};
use crate::problem::Problem;

/// What the desk proposes for what was typed. A register that is away is replaced by what it told before, if anything. No connection
/// is held while the register answers.
///
/// # Errors
/// The database's.
pub async fn choose(db: &PgPool, register: &Register, typed: &str, now: OffsetDateTime) -> Result<Choice, Problem> {
    let (siret, checksum) = match Siret::parse(typed) {
        Ok(parsed) => parsed,
        Err(fault) => return Ok(Choice::Refused(fault.to_string())),
    };
    let heard = register.look_up(&siret).await;
    let mut connection = db.acquire().await?;
    let known = match &heard {
        Answer::Unavailable => store::find_by_siret(&mut connection, &siret).await?.and_then(|organisation| organisation.facts),
        Answer::Known(_) | Answer::Unknown => None,
    };
    let answer = known.map_or_else(|| heard.clone(), |remembered| Answer::Known(Box::new(remembered)));
    let choice = decide(siret.clone(), checksum, answer);
    if !matches!(choice, Choice::Refused(_)) {
        lookup::store::note(&mut connection, &siret, &heard, now).await?;
    }
    Ok(choice)
}
