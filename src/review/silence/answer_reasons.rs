//! Act: give the reasons of an implicit rejection.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    aftermath::{Aftermath, find_aftermath},
    reasons::{Answer, Reasons, of_answer},
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

/// Writes why silence rejected a demande, in law and in fact (CRPA L211-5, L232-4), to whoever asked. They have two months from then to
/// contest it.
///
/// # Errors
/// [`Problem::NotPossible`] when nobody asked, or somebody answered; [`Problem::Forbidden`] for one's own demande or organisation; the
/// database's.
pub async fn answer_reasons(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    (in_law, in_fact): (&str, &str),
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    let here = |sentence: String| Problem::not_possible_but(sentence, "Voir le dossier", format!("/instruction/{}", id.0));
    let decision = match find_aftermath(connection, &application).await? {
        Some(Aftermath::Rejected { decision, reasons: Some(Reasons { answer: None, .. }) }) => decision,
        Some(Aftermath::Rejected { reasons: Some(Reasons { answer: Some(answer), .. }), .. }) => {
            let (by, at) = (answer.author.name, calendar::moment(answer.at));
            return Err(here(format!("{by} a communiqué les motifs le {at}. Votre réponse n’a pas été envoyée.")));
        }
        _ => return Err(here("Personne ne demande les motifs d’un rejet né du silence sur cette demande. Rien n’a été envoyé.".into())),
    };
    let answer = Answer { in_law: in_law.into(), in_fact: in_fact.into(), author: author(by, service), at: now };
    store::add_answer(connection, by, id, decision.version, &answer).await?;
    let fact = DutyFact::ReasonsGiven { version: decision.version };
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &fact.into(), now).await?;
    let occasion = format!("{id} version {} reasons given", decision.version);
    let told = (ClockNews::ReasonsGiven, of_answer(in_law, in_fact, &answer.author));
    tell_applicant(connection, &application, &occasion, told, now).await
}
