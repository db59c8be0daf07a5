//! Act: warn an applicant that their demande will be closed.

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    store,
    unanswered::{Stage, Unanswered, of_warning},
};
use crate::{
    accounts::Reviewer,
    applications::{self, Act, Application},
    calendar,
    config::SilenceEffect,
    ids::ApplicationId,
    journal::{self, DutyFact, Subject},
    notifications::ClockNews,
    problem::Problem,
    review::{
        clock::{find_silence_decision, tell_applicant},
        decisions::author,
        open::refuse_own,
    },
};

/// Writes to the applicant that without an answer by that day the demande will be closed. Warning twice warns once.
///
/// # Errors
/// [`Problem::NotPossible`] when it is not back with its applicant, or has time left; [`Problem::Forbidden`] for one's own demande or
/// organisation; the database's.
pub async fn announce(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    limit_on: Date,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let (application, unanswered) = lock_unanswered(connection, by, id).await?;
    match unanswered.stage(calendar::paris_date(now)) {
        Stage::MayWarn => {}
        Stage::Warned(_) | Stage::MayClose(_) => return Ok(()),
        stage => return Err(not_yet(id, stage)),
    }
    let author = author(by, service);
    store::add_warning(connection, by, &application, limit_on, &author, now).await?;
    let version = application.version;
    let fact = DutyFact::ClosingAnnounced { version, limit_on: limit_on.to_string() };
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &fact.into(), now).await?;
    let occasion = format!("{id} version {version} closing announced");
    let news = ClockNews::ClosingAnnounced { limit_on: calendar::date_in_full(limit_on), is_change: unanswered.is_change };
    let told = (news, of_warning(&unanswered, limit_on, &author));
    tell_applicant(connection, &application, &occasion, told, now).await
}

/// The demande, held, and what it waits for.
pub(super) async fn lock_unanswered(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
) -> Result<(Application, Unanswered), Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    let here = |sentence: String| {
        Problem::not_possible_but(format!("{sentence} Rien n’a été envoyé."), "Voir le dossier", format!("/instruction/{}", id.0))
    };
    application.after(Act::Close).map_err(|refusal| here(refusal.to_string()))?;
    // What silence accepted is only signed.
    if let Some(silence) = find_silence_decision(connection, id).await?.filter(|silence| silence.effect == SilenceEffect::Acceptance) {
        return Err(here(silence.sentence()));
    }
    let unanswered = store::find_unanswered(connection, &application).await?.ok_or(Problem::NotFound)?;
    Ok((application, unanswered))
}

/// Why it cannot be done today, and what to do.
pub(super) fn not_yet(id: ApplicationId, stage: Stage) -> Problem {
    let sentence = match stage {
        Stage::NeedsItems => "La demande d’un organisme privé ne se classe pas faute de réponse à de simples modifications\u{a0}: il faut lui avoir demandé des pièces que les textes exigent, avec un délai (article L.\u{a0}114-5). Le silence décidera à son échéance.".into(),
        Stage::Early { from } => {
            format!("Le demandeur a encore du temps pour répondre\u{a0}: vous pourrez l’avertir à partir du {}.", calendar::date_in_full(from))
        }
        Stage::MayWarn => "Le demandeur n’a pas encore été averti\u{a0}: avertissez-le d’abord, avec un délai.".into(),
        Stage::Warned(warning) | Stage::MayClose(warning) => {
            format!("Le demandeur est averti et a jusqu’au {} pour répondre\u{a0}: attendez la fin de ce jour.", calendar::date_in_full(warning.limit_on))
        }
    };
    Problem::not_possible_but(sentence, "Voir le dossier", format!("/instruction/{}", id.0))
}
