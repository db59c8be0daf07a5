//! Act: close a demande nobody answered for.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    announce::{lock_unanswered, not_yet},
    store,
    unanswered::{Stage, of_closing},
};
use crate::{
    accounts::Reviewer,
    applications::{self, Act},
    calendar,
    ids::ApplicationId,
    journal::{self, DutyFact, Subject},
    notifications::ClockNews,
    problem::Problem,
    review::{clock::tell_applicant, decisions::author},
};

/// Files the demande away, the limit of the warning having passed without an answer. What was typed is kept; the change of a right comes to
/// nothing and leaves the right as it is.
///
/// # Errors
/// [`Problem::NotPossible`] when its applicant answered, was not warned or has time left; [`Problem::Forbidden`] for one's own demande or
/// organisation; the database's.
pub async fn close(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let (application, unanswered) = lock_unanswered(connection, by, id).await?;
    let warning = match unanswered.stage(calendar::paris_date(now)) {
        Stage::MayClose(warning) => warning,
        stage => return Err(not_yet(id, stage)),
    };
    let becomes = application.after(Act::Close).map_err(anyhow::Error::from)?;
    let author = author(by, service);
    let passage = of_closing(&unanswered, warning, &author);
    store::add_closing(connection, by, &application, warning.limit_on, &passage.says, &author, now).await?;
    applications::settle(connection, &application, Act::Close, becomes, now).await?;
    let version = application.version;
    let fact = DutyFact::ApplicationClosed { version };
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &fact.into(), now).await?;
    let occasion = format!("{id} version {version} closed");
    let news = ClockNews::Closed { is_change: unanswered.is_change };
    tell_applicant(connection, &application, &occasion, (news, passage), now).await
}
