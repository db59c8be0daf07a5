//! Act: ask services for their opinion.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Service, store};
use crate::{
    accounts::{self, Person, Reviewer},
    applications::{self, Application},
    calendar,
    ids::ApplicationId,
    journal::{self, ExaminingFact, Subject},
    notifications::{self, Letter},
    problem::Problem,
    review::open::{is_own, refuse_own, refuse_what_is_over},
};

/// Asks one service or both about the version the reviewer read; those who may answer are told.
///
/// # Errors
/// [`Problem::NotPossible`] when it is decided, when another version arrived, or naming who asked first; [`Problem::Forbidden`] for one's own
/// demande or organisation; the database's.
pub async fn ask(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    shown: i32,
    services: &[Service],
    question: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    refuse_what_is_over(connection, &application, "Votre demande d’avis n’a pas été enregistrée.").await?;
    if application.version > shown {
        return Err(newer(&application));
    }
    for service in services {
        if !store::add_asked(connection, id, application.version, *service, (by.person().account, question), now).await? {
            return Err(already_asked(connection, &application, *service).await?);
        }
        let event = ExaminingFact::OpinionAsked { of: service.of().into(), version: application.version }.into();
        let subject = Subject::application(id, application.organisation);
        journal::record(connection, &by.by(), subject, &event, now).await?;
        tell(connection, by, &application, *service, now).await?;
    }
    Ok(())
}

fn newer(application: &Application) -> Problem {
    let sentence = format!(
        "Le demandeur a déposé la version {} depuis que vous avez ouvert ce dossier. Relisez-le avant de demander un avis.",
        application.version
    );
    Problem::not_possible_but(sentence, "Voir le dossier", format!("/instruction/{}", application.id.0))
}

async fn already_asked(connection: &mut PgConnection, application: &Application, service: Service) -> Result<Problem, Problem> {
    let asked = store::find_asked(connection, application.id).await?;
    let first = asked.iter().find(|asked| asked.version == application.version && asked.service == service).ok_or(Problem::NotFound)?;
    let sentence = format!(
        "{} a déjà demandé l’avis {} le {}. Aucune autre demande n’a été enregistrée.",
        first.by_name,
        service.of(),
        calendar::moment(first.at)
    );
    Ok(Problem::not_possible_but(sentence, "Voir les avis", format!("/instruction/{}#avis", application.id.0)))
}

/// Writes to those who may answer, once for a service and a demande; not to whoever asks, nor to those whose own demande it is.
async fn tell(
    connection: &mut PgConnection,
    by: &Reviewer,
    application: &Application,
    service: Service,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let mut told: Vec<Person> = Vec::new();
    for role in service.roles() {
        for person in accounts::find_by_role(connection, *role).await? {
            let is_known = told.iter().any(|other| other.account == person.account);
            if person.account != by.person().account && !is_known && !is_own(connection, &person, application).await? {
                told.push(person);
            }
        }
    }
    let about = applications::find_version(connection, application.id, application.version).await?.about(application.id);
    let letter = Letter::OpinionAsked { about, of: service.of().into(), service: service.slug().into(), asked_by: by.person().full_name() };
    let occasion = format!("{} avis {service} demandé", application.id);
    for person in told {
        notifications::enqueue(connection, &occasion, &person.as_recipient(), &letter, now).await?;
    }
    Ok(())
}
