//! Act: a participation ends, with its year, its campaign, its right, or when its participant gives the place back.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Cause, Ended, Participation,
    run::{TIMER, tell},
    store, words,
};
use crate::{
    authorizations::{self, State},
    calendar,
    experimentation::{Leaving, leave_line},
    journal::{self, By, ParticipationFact, Subject},
    problem::Problem,
};

/// How a participation is over on that day, if it is and nobody wrote it down: its right was revoked, or its last day is past.
pub(super) async fn over(
    connection: &mut PgConnection,
    participation: &Participation,
    now: OffsetDateTime,
) -> Result<Option<Ended>, Problem> {
    if participation.ended.is_some() {
        return Ok(None);
    }
    if participation.state == State::Revoked {
        let at = store::find_right_changed_at(connection, participation.authorization).await?.unwrap_or(now);
        let on = calendar::paris_date(at).min(participation.ends_on);
        return Ok(Some(Ended { on, cause: Cause::Revocation }));
    }
    let is_past = calendar::paris_date(now) > participation.ends_on;
    Ok(is_past.then_some(Ended { on: participation.ends_on, cause: Cause::Term }))
}

/// How a participation ended, written down already or not.
pub(super) async fn find_end(
    connection: &mut PgConnection,
    participation: &Participation,
    now: OffsetDateTime,
) -> Result<Option<Ended>, Problem> {
    match participation.ended {
        Some(ended) => Ok(Some(ended)),
        None => over(connection, participation, now).await,
    }
}

/// Ends a participation, once: its right expires when its time is over, the end is written down, its participant is told what to do. The place it
/// held goes to whoever waits. The caller holds the candidature's lock.
///
/// # Errors
/// The database's.
pub async fn end(connection: &mut PgConnection, participation: &Participation, ended: Ended, now: OffsetDateTime) -> Result<(), Problem> {
    store::add_end(connection, participation.application, ended, now).await?;
    let leaving = match ended.cause {
        Cause::Term => Some(Leaving::Ended),
        Cause::Renunciation => Some(Leaving::Renounced),
        // The right and the place went with the decision that revoked it.
        Cause::Revocation => None,
    };
    if let Some(because) = leaving {
        authorizations::expire(connection, participation.authorization, now).await?;
        leave_line(connection, participation.application, because, now).await?;
    }
    let fact = ParticipationFact::ParticipationEnded {
        authorization: participation.authorization,
        cause: ended.cause.to_string(),
        ended_on: ended.on.to_string(),
    };
    let subject = Subject::application(participation.application, participation.organisation);
    journal::record(connection, &By::Timer(TIMER), subject, &fact.into(), now).await?;
    let occasion = format!("{} participation ended", participation.application);
    tell(connection, participation, &occasion, words::of_end(participation, ended), now).await
}
