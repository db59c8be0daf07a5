//! Act: put a participant who has not certified on notice to do it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{NOTICE_DAYS, Notice, store, words::of_notice};
use crate::{
    accounts::Reviewer,
    authorizations::{self, author, procedure::refuse_own},
    calendar,
    ids::ApplicationId,
    journal::{self, ParticipationFact, Subject},
    participation::{run::tell, send::lock},
    problem::Problem,
};

/// What is written, and for whom.
#[derive(Clone, Debug)]
pub struct Noticing<'a> {
    /// Why, in fact.
    pub facts: String,
    /// The service in whose name it leaves.
    pub service: &'a str,
}

/// Somebody of the team writes to a participant who has not certified, once every reminder has left: never the desk by itself. They have
/// [`NOTICE_DAYS`] to do it.
///
/// # Errors
/// [`Problem::NotPossible`] when they certified meanwhile, when a reminder has still to leave or when a notice is running;
/// [`Problem::Forbidden`] for one's own organisation; the database's.
pub async fn put_on_notice(
    connection: &mut PgConnection,
    by: &Reviewer,
    application: ApplicationId,
    noticing: Noticing<'_>,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let participation = lock(connection, application).await?;
    let authorization = authorizations::find(connection, participation.authorization).await?;
    refuse_own(connection, by, &authorization).await?;
    let today = calendar::paris_date(now);
    let unsettled = store::find_unsettled(connection, &participation, today).await?;
    if !unsettled.is_some_and(|unsettled| unsettled.may_be_noticed(today)) {
        return Err(too_early());
    }
    let notice = Notice {
        application,
        facts: noticing.facts,
        until: calendar::days_after(today, NOTICE_DAYS),
        author: author(by, noticing.service),
        sent_at: now,
    };
    store::add_notice(connection, by, &notice).await?;
    let fact = ParticipationFact::PutOnNotice { authorization: participation.authorization, until: notice.until.to_string() };
    journal::record(connection, &by.by(), Subject::application(application, participation.organisation), &fact.into(), now).await?;
    let occasion = format!("{application} put on notice until {}", notice.until);
    tell(connection, &participation, &occasion, of_notice(&notice), now).await
}

/// What is told when there is nothing to put on notice for.
pub fn too_early() -> Problem {
    let sentence = "L’attestation de ce participant est signée, n’est pas en retard de quinze jours, ou une mise en demeure court déjà. Rien n’a été envoyé.";
    Problem::not_possible_but(sentence, "Voir les fins de participation", "/instruction/rapports")
}
