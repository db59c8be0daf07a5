//! Acts: send the report of a month, and correct it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Month, Participation, Report,
    reports_file::refused,
    store::{
        self, drafts,
        reports::{self, find_reports},
    },
};
use crate::{
    accounts::Applicant,
    applications,
    attachments::Attachment,
    calendar,
    ids::ApplicationId,
    journal::{self, ParticipationFact, Subject},
    problem::Problem,
};

/// What is sent of a month.
#[derive(Clone, Debug)]
pub struct Sending {
    /// 1 for the first; a correction follows the number it was written over.
    pub number: i32,
    /// What it says.
    pub report: Report,
    /// What looked odd and was confirmed, or nothing.
    pub confirmed: String,
    /// Why it is corrected; nothing for the first.
    pub because: String,
    /// It came from a file.
    pub is_imported: bool,
}

/// The report of a month leaves, with the files that waited for it; what was typed of it is thrown away. The page knows that the visitor is of
/// the participant's side.
///
/// # Errors
/// [`Problem::NotPossible`] when the month is not over, not one of the participation, or was received, or when a file that waits
/// holds a virus; the database's.
pub async fn send(
    connection: &mut PgConnection,
    by: &Applicant,
    application: ApplicationId,
    month: Month,
    sending: &Sending,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let participation = lock(connection, application).await?;
    let known = find_reports(connection, application).await?;
    if let Some(sentence) = refused(month, &participation, &known, calendar::paris_date(now)) {
        return Err(not_sent(&participation, month, &super::words::capitalised(&sentence)));
    }
    write(connection, by, &participation, month, sending, now).await
}

/// A report that was received is corrected, with a reason; what it said stays readable.
///
/// # Errors
/// [`Problem::NotPossible`] when there is none, when somebody corrected it meanwhile, or when a file that waits holds a virus; the database's.
pub async fn correct(
    connection: &mut PgConnection,
    by: &Applicant,
    application: ApplicationId,
    month: Month,
    sending: &Sending,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let participation = lock(connection, application).await?;
    let known = find_reports(connection, application).await?;
    let Some(last) = known.get(&month).and_then(|sent| sent.last()) else {
        return Err(not_sent(&participation, month, "Ce rapport n’a pas encore été envoyé : il n’y a rien à corriger."));
    };
    if sending.number != last.number + 1 {
        let sentence = format!("{} a corrigé ce rapport le {}, après que vous l’avez ouvert.", last.author, calendar::moment(last.sent_at));
        return Err(not_sent(&participation, month, &sentence));
    }
    write(connection, by, &participation, month, sending, now).await
}

/// The participation, and the lock of its candidature.
pub(super) async fn lock(connection: &mut PgConnection, application: ApplicationId) -> Result<Participation, Problem> {
    applications::lock(connection, application).await?;
    store::find_of_application(connection, application).await?.ok_or(Problem::NotFound)
}

fn not_sent(participation: &Participation, month: Month, sentence: &str) -> Problem {
    let page = format!("/habilitations/{}/rapports/{month}", participation.authorization.0);
    Problem::not_possible_but(format!("{sentence} Rien n’a été envoyé."), "Voir le rapport", page)
}

/// Why the files that wait cannot leave: the antivirus found something in one of them, which is told before the report is sent.
pub(super) fn held_back(waiting: &[Attachment]) -> Option<String> {
    let infected = waiting.iter().find(|file| file.scan.is_infected())?;
    Some(format!(
        "L’antivirus a trouvé un virus dans «\u{a0}{}\u{a0}» : retirez ce fichier, puis envoyez le rapport, avec un fichier sain si vous en avez un.",
        infected.name
    ))
}

async fn write(
    connection: &mut PgConnection,
    by: &Applicant,
    participation: &Participation,
    month: Month,
    sending: &Sending,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let application = participation.application;
    if let Some(sentence) = held_back(&drafts::find_files(connection, application, month).await?) {
        return Err(not_sent(participation, month, &sentence));
    }
    reports::add(connection, by, (application, month), sending, now).await.map_err(|error| {
        let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
        match constraint {
            Some("monthly_reports_pkey") => not_sent(participation, month, "Quelqu’un vient d’envoyer ce rapport."),
            _ => error.into(),
        }
    })?;
    drafts::send_files(connection, application, month, sending.number).await?;
    drafts::delete(connection, application, month).await?;
    let (authorization, month) = (participation.authorization, month.to_string());
    let fact = match sending.number {
        1 => ParticipationFact::ReportSent { authorization, month },
        _ => ParticipationFact::ReportCorrected { authorization, month, because: sending.because.clone() },
    };
    let subject = Subject::application(application, participation.organisation);
    journal::record(connection, &by.by(), subject, &fact.into(), now).await
}
