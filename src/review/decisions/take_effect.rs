//! Act: a signed decision takes effect when its time has come.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    super::open::{self, Open},
    approve,
    decision::{Decision, Outcome},
    prepared::{Prepared, Signature},
    refuse,
    send_back::tell,
    store,
};
use crate::{
    accounts::{self, Reviewer, Role},
    applications::{self, Application, Kind, State},
    ids::{ApplicationId, AuthorizationId},
    journal::{self, By, DecisionFact, Subject},
    notifications::Returning,
    problem::Problem,
};

/// What became of a decision that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: it had left, or its time has not come.
    None,
    /// It left: the right it grants, if it does.
    Decided(Option<AuthorizationId>),
    /// It could not: it is to be prepared or signed again.
    HeldBack,
    /// It has no object any more: the version is no longer under review.
    Fell,
}

const DESK: By = By::Timer("le guichet");

/// Gives effect to a signed decision, in the name of who signed it: state, decision, right, letters. However often it is called, once.
/// Something may have come between: the demande was taken back (the decision falls), a client objects, a file is infected, the register is
/// awaited, the signatory lost their role or joined the organisation (it goes back with the reason, and its preparer and signatory are told).
///
/// # Errors
/// The database's.
pub async fn take_effect(connection: &mut PgConnection, id: ApplicationId, now: OffsetDateTime) -> Result<Effect, Problem> {
    let application = applications::lock(connection, id).await?;
    let Some(prepared) = store::find_prepared(connection, id).await? else { return Ok(Effect::None) };
    if application.state != State::Submitted || application.version != prepared.version {
        fall(connection, &application, &prepared, now).await?;
        return Ok(Effect::Fell);
    }
    let Some(signature) = prepared.signature.as_ref().filter(|signature| signature.leaves_at <= now) else { return Ok(Effect::None) };
    match decide(connection, &application, &prepared, signature, now).await {
        Ok(authorization) => Ok(Effect::Decided(authorization)),
        // Refused before anything was written.
        Err(Problem::NotPossible { sentence, .. }) => {
            store::save_returned(connection, id, None, (&sentence, false), now).await?;
            let event = DecisionFact::DecisionHeldBack { version: prepared.version, because: sentence.clone() }.into();
            journal::record(connection, &DESK, Subject::application(id, application.organisation), &event, now).await?;
            tell(connection, &prepared, None, Returning::HeldBack, &sentence, now).await?;
            Ok(Effect::HeldBack)
        }
        Err(problem) => Err(problem),
    }
}

async fn decide(
    connection: &mut PgConnection,
    application: &Application,
    prepared: &Prepared,
    signature: &Signature,
    now: OffsetDateTime,
) -> Result<Option<AuthorizationId>, Problem> {
    let name = &signature.author.name;
    let signatory = accounts::find_person(connection, signature.by).await?.and_then(Reviewer::new);
    let signatory = signatory.filter(|it| application.kind != Kind::Experiment || it.person().is(Role::Signatory));
    let Some(signatory) = signatory else {
        return Err(Problem::not_possible(format!("{name}, qui l’a signée, n’a plus le rôle qui permet de le faire.")));
    };
    let open = match open::lock(connection, &signatory, application.id, prepared.version, prepared.outcome).await {
        Err(Problem::Forbidden(_)) => {
            return Err(Problem::not_possible(format!(
                "{name}, qui l’a signée, appartient désormais à l’organisme qui demande, ou remplit la demande."
            )));
        }
        open => open?,
    };
    settle(connection, &open, prepared, signature, now).await
}

/// Writes what was signed as decided; the demande is held.
///
/// # Errors
/// [`Problem::NotPossible`] when it may not be, before anything is written; the database's.
pub(super) async fn settle(
    connection: &mut PgConnection,
    open: &Open<'_>,
    prepared: &Prepared,
    signature: &Signature,
    now: OffsetDateTime,
) -> Result<Option<AuthorizationId>, Problem> {
    let decision = Decision {
        version: prepared.version,
        outcome: prepared.outcome,
        ground: prepared.ground,
        in_law: prepared.in_law.clone(),
        message: prepared.message.clone(),
        author: signature.author.clone(),
        decided_at: now,
    };
    let authorization = if prepared.outcome == Outcome::Approved {
        Some(approve::take_effect(connection, open, prepared, decision).await?)
    } else {
        refuse::take_effect(connection, open, prepared, decision).await?;
        None
    };
    store::remove_prepared(connection, prepared.application).await?;
    Ok(authorization)
}

/// Whoever signed is told that their decision will not leave.
async fn fall(connection: &mut PgConnection, application: &Application, prepared: &Prepared, now: OffsetDateTime) -> Result<(), Problem> {
    store::remove_prepared(connection, application.id).await?;
    let event = DecisionFact::DecisionFell { version: prepared.version }.into();
    journal::record(connection, &DESK, Subject::application(application.id, application.organisation), &event, now).await?;
    if prepared.signature.is_some() {
        let because = match application.state {
            State::Withdrawn => "le demandeur a retiré sa demande avant que la lettre parte.",
            _ => "la version sur laquelle elle portait n’est plus en cours d’instruction.",
        };
        tell(connection, prepared, None, Returning::Fell, because, now).await?;
    }
    Ok(())
}
