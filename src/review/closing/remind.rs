//! Act: remind an applicant of what they were asked.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    reminding::{Reminding, of_reminder, reminded_on},
    store,
};
use crate::{
    accounts::Reviewer,
    applications, calendar,
    ids::ApplicationId,
    journal::{self, DutyFact, Subject},
    notifications::ClockNews,
    problem::Problem,
    review::{clock::tell_applicant, decisions::author, open::refuse_own},
};

/// Writes to the applicant that what they were asked is awaited, a week at least after they last heard of it.
///
/// # Errors
/// [`Problem::NotPossible`] when nothing is awaited of them, they heard of it not long ago, or the limit has passed;
/// [`Problem::Forbidden`] for one's own demande or organisation; the database's.
pub async fn remind(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    let here = |sentence: String| {
        Problem::not_possible_but(format!("{sentence} Rien n’a été envoyé."), "Voir le dossier", format!("/instruction/{}", id.0))
    };
    let Some(unanswered) = store::find_unanswered(connection, &application).await? else {
        return Err(here(format!("{id} n’attend pas de réponse de son demandeur.")));
    };
    let version = application.version;
    let by_hand = reminded_on(&journal::find_of_application(connection, id).await?, version);
    match unanswered.reminding(by_hand, calendar::paris_date(now)) {
        Reminding::Possible => {}
        Reminding::From(day) => {
            let day = calendar::date_in_full(day);
            return Err(here(format!("Le demandeur a reçu une lettre il y a peu\u{a0}: vous pourrez le relancer à partir du {day}.")));
        }
        Reminding::Over => {
            return Err(here(
                "Le délai donné au demandeur est passé, ou il est averti d’un classement\u{a0}: il n’y a plus à le relancer.".into(),
            ));
        }
    }
    let author = author(by, service);
    journal::record(
        connection,
        &by.by(),
        Subject::application(id, application.organisation),
        &DutyFact::ApplicantReminded { version }.into(),
        now,
    )
    .await?;
    let occasion = format!("{id} version {version} reminded {}", now.unix_timestamp());
    tell_applicant(connection, &application, &occasion, (ClockNews::Reminder, of_reminder(&unanswered, &author)), now).await
}
