//! Act: sign the decision that was prepared.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{
    super::open,
    approve,
    conditions::{Facts, conditions},
    decision::author,
    prepared::{Prepared, Signature},
    refuse, store,
    take_effect::settle,
};
use crate::{
    accounts::Reviewer,
    applications, experimentation,
    ids::{ApplicationId, AuthorizationId},
    journal::{self, DecisionFact, Subject},
    problem::Problem,
    review::opinions,
};

/// What became of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// The decision takes effect then; until then it can be taken back.
    Leaves(OffsetDateTime),
    /// It has: the right it grants, if it does.
    Done(Option<AuthorizationId>),
}

/// Signs what was read, in one's name, quality and service (CRPA L212-1, L212-2). The decision takes effect after `hold`, at once when there
/// is none.
///
/// # Errors
/// [`Problem::NotPossible`] when what was prepared changed, was signed or decided meanwhile, or when a condition is not met;
/// [`Problem::Forbidden`] for one's own demande or organisation; the database's.
pub async fn sign(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    revision: i32,
    service: &str,
    hold: Duration,
    now: OffsetDateTime,
) -> Result<Signed, Problem> {
    // The row is held from here on: what is read next stays so.
    applications::lock(connection, id).await?;
    let Some(prepared) = store::find_prepared(connection, id).await? else { return Err(nothing_to_sign(connection, id).await?) };
    let open = open::lock(connection, by, id, prepared.version, prepared.outcome).await?;
    // Pressing twice signs once.
    if let Some(mine) = prepared.signature.as_ref().filter(|signature| signature.by == by.person().account) {
        return Ok(Signed::Leaves(mine.leaves_at));
    }
    prepared.refuse_if_signed()?;
    refuse_unread(&prepared, revision)?;
    refuse_unmet(connection, by, &prepared, open.application.kind).await?;
    match prepared.ground {
        Some(ground) => refuse::check_ground(connection, &open.application, ground, now).await?,
        None => approve::wait_for_others(connection, id).await?,
    }
    let signature = Signature { by: by.person().account, author: author(by, service), signed_at: now, leaves_at: now + hold };
    store::save_signature(connection, id, &signature).await?;
    let event = DecisionFact::DecisionSigned { version: prepared.version, outcome: prepared.outcome.to_string() }.into();
    journal::record(connection, &by.by(), Subject::application(id, open.application.organisation), &event, now).await?;
    if hold > Duration::ZERO {
        return Ok(Signed::Leaves(signature.leaves_at));
    }
    Ok(Signed::Done(settle(connection, &open, &prepared, &signature, now).await?))
}

/// What is signed is what was read.
fn refuse_unread(prepared: &Prepared, revision: i32) -> Result<(), Problem> {
    if prepared.revision == revision {
        return Ok(());
    }
    let happened = prepared.returned.as_ref().map_or_else(|| prepared.sentence(), super::prepared::Returned::sentence);
    let sentence = format!("{happened} Vous aviez lu un texte plus ancien : rien n’a été signé. Relisez la lettre.");
    Err(Problem::not_possible_but(sentence, "Lire la lettre", prepared.address()))
}

async fn refuse_unmet(connection: &mut PgConnection, by: &Reviewer, prepared: &Prepared, kind: applications::Kind) -> Result<(), Problem> {
    let asked = opinions::find_asked(connection, prepared.application).await?;
    let given = opinions::find_given(connection, prepared.application).await?;
    let standing = experimentation::find_standing(connection, prepared.application).await?;
    let facts = Facts { kind, prepared, reader: by.person(), asked: &asked, given: &given, standing: standing.as_ref() };
    let Some(unmet) = conditions(&facts).into_iter().find(|condition| !condition.is_met) else { return Ok(()) };
    let sentence = format!("Rien n’a été signé. {} : {}", unmet.title, unmet.fact);
    Err(Problem::not_possible_but(sentence, "Voir ce qui manque", prepared.address()))
}

/// What was prepared is gone: who decided, or that it fell.
async fn nothing_to_sign(connection: &mut PgConnection, id: ApplicationId) -> Result<Problem, Problem> {
    let application = applications::find(connection, id).await?;
    let decided = store::find_last_decision(connection, id).await?.filter(|decision| decision.version == application.version);
    let sentence = match decided {
        Some(decision) => decision.sentence(),
        None => "Aucune décision n’est préparée sur cette demande.".into(),
    };
    Ok(Problem::not_possible_but(format!("{sentence} Rien n’a été signé."), "Voir le dossier", format!("/instruction/{}", id.0)))
}
