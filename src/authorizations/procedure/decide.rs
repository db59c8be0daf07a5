//! Act: end a procedure.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::{
    Ruled,
    open::{refuse_own, tell_holder},
    store,
};
use crate::{
    accounts::{Reviewer, Role},
    authorizations::{self, State, author},
    calendar,
    experimentation::{self, Leaving},
    ids::AuthorizationId,
    journal::{self, Event, RightFact, Subject},
    notifications::RightNews,
    problem::Problem,
};

/// How a procedure should end.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// How.
    pub outcome: Ruled,
    /// Why: what the holder's observations change or not, in fact.
    pub reasons: String,
    /// The last day of a suspension.
    pub suspended_until: Option<Date>,
}

/// A signatory who did not open the procedure decides, once the holder was heard or could have been: the right is suspended until a day,
/// revoked, or stays as it is. The holder is told why, by whom, and how to contest it; the public page says so at once.
///
/// # Errors
/// [`Problem::NotPossible`] when nothing is going on, somebody decided first, or it is too early; [`Problem::Forbidden`] without the
/// signature or for one's own organisation; the database's.
pub async fn decide(
    connection: &mut PgConnection,
    by: &Reviewer,
    right: AuthorizationId,
    verdict: &Verdict,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    if !by.person().is(Role::Signatory) {
        return Err(Problem::Forbidden("Seul un signataire peut décider de suspendre ou de révoquer une habilitation.".into()));
    }
    let authorization = authorizations::store::lock(connection, right).await?;
    refuse_own(connection, by, &authorization).await?;
    let not_now = |sentence: String| {
        let page = format!("/habilitations/{}/procedure", right.0);
        Problem::not_possible_but(format!("{sentence} Votre décision n’a pas été enregistrée."), "Voir la procédure", page)
    };
    let procedures = store::find_procedures(connection, right).await?;
    let Some(procedure) = procedures.into_iter().next() else {
        return Err(not_now("Aucune procédure n’est en cours sur cette habilitation.".into()));
    };
    procedure.may_end(verdict.outcome, by.person().account, calendar::paris_day(now)).map_err(not_now)?;
    if verdict.outcome != Ruled::Closed && !authorization.state.is_in_force() {
        return Err(not_now(format!("L’habilitation {right} n’est plus en vigueur : classez la procédure sans suite.")));
    }
    let author = author(by, service);
    store::add_ruling(connection, by, &procedure, verdict, &author, now).await?;
    match verdict.outcome {
        Ruled::Suspended => authorizations::store::save_state(connection, right, State::Suspended, verdict.suspended_until, now).await?,
        Ruled::Revoked => {
            authorizations::store::save_state(connection, right, State::Revoked, None, now).await?;
            experimentation::leave_line(connection, authorization.application, Leaving::Revoked, now).await?;
        }
        Ruled::Closed => {}
    }
    let subject = Subject::application(authorization.application, authorization.organisation.id);
    let event = Event::AboutRight(RightFact::ProcedureEnded { authorization: right, outcome: verdict.outcome.label().to_lowercase() });
    journal::record(connection, &by.by(), subject, &event, now).await?;
    let news = RightNews::Ruled {
        outcome: verdict.outcome.to_string(),
        until: verdict.suspended_until.map(calendar::written),
        in_law: procedure.ground.in_law().to_owned(),
        reasons: verdict.reasons.clone(),
        urgency: procedure.urgency.clone(),
        author,
        decided_on: calendar::day(now),
    };
    tell_holder(connection, &authorization, news, now).await
}
