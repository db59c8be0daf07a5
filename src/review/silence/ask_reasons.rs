//! Act: ask for the reasons of an implicit rejection.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    aftermath::{Aftermath, find_aftermath},
    reasons::{Reasons, last_day_to_contest, of_request},
    store,
};
use crate::{
    accounts::Applicant,
    applications, calendar,
    ids::ApplicationId,
    journal::{self, DutyFact, Subject},
    notifications::ClockNews,
    problem::Problem,
    review::clock::tell_team,
};

/// Whoever filed the demande asks why silence rejected it, within the period of appeal (CRPA L232-4): the team has a month. Asking twice asks
/// once. The day they are due.
///
/// # Errors
/// [`Problem::NotFound`] for somebody else's; [`Problem::NotPossible`] when silence has rejected nothing, or the period is over; the
/// database's.
pub async fn ask_reasons(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    now: OffsetDateTime,
) -> Result<jiff::civil::Date, Problem> {
    let application = applications::lock(connection, id).await?;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    let here = |sentence: String| Problem::not_possible_but(sentence, "Voir la demande", format!("/demandes/{}", id.0));
    let decision = match find_aftermath(connection, &application).await? {
        Some(Aftermath::Rejected { reasons: Some(reasons), .. }) => return Ok(reasons.due_on()),
        Some(Aftermath::Rejected { decision, reasons: None }) => decision,
        _ => return Err(here("Le silence n’a pas valu rejet de cette demande\u{a0}: il n’y a pas de motifs à demander.".into())),
    };
    let last = last_day_to_contest(decision.on);
    if calendar::paris_date(now) > last {
        return Err(here(format!(
            "Les motifs se demandaient dans le délai de recours, jusqu’au {}. Vous pouvez déposer une nouvelle demande.",
            calendar::date_in_full(last)
        )));
    }
    store::add_request(connection, by, id, decision.version, now).await?;
    let due_on = Reasons { asked_at: now, answer: None }.due_on();
    let fact = DutyFact::ReasonsAsked { version: decision.version, due_on: due_on.to_string() };
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &fact.into(), now).await?;
    let occasion = format!("{id} version {} reasons asked", decision.version);
    let told = (ClockNews::ReasonsAsked { due_on: calendar::date_in_full(due_on) }, of_request(due_on));
    tell_team(connection, &application, &occasion, told, now).await?;
    Ok(due_on)
}
