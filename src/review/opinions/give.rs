//! Act: give an opinion.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Opinion, Service, View, store};
use crate::{
    accounts::{self, Person, Staff},
    applications::{self, Application},
    ids::ApplicationId,
    journal::{self, ExaminingFact, Subject},
    notifications::{self, Letter},
    problem::Problem,
    review::open::{refuse_own, refuse_what_is_over},
};

/// What somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// For which service.
    pub service: Service,
    /// In a word.
    pub view: View,
    /// Why.
    pub reasons: String,
}

const NOT_KEPT: &str = "Votre avis n’a pas été enregistré.";

/// Gives a service's opinion on the version its author read. It is given once; whoever asked is told.
///
/// # Errors
/// [`Problem::NotPossible`] when it is decided, when another version arrived, when nobody asked, or naming who answered first;
/// [`Problem::Forbidden`] without the role, and for one's own demande or organisation; the database's.
pub async fn give(
    connection: &mut PgConnection,
    by: &Staff,
    id: ApplicationId,
    shown: i32,
    given: Given,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let (person, service) = (by.person(), given.service);
    refuse_other_roles(person, service)?;
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, person, &application).await?;
    refuse_what_is_over(connection, &application, NOT_KEPT).await?;
    let refuse = |sentence: String| Problem::not_possible_but(sentence, "Voir les avis", format!("/instruction/{}#avis", id.0));
    let current = application.version;
    if current > shown {
        return Err(refuse(format!(
            "Le demandeur a déposé la version {current} depuis que vous avez ouvert ce dossier. {NOT_KEPT} Relisez le dossier, puis rendez-le sur cette version."
        )));
    }
    let asked = store::find_asked(connection, id).await?;
    let Some(asked) = asked.into_iter().find(|asked| asked.version == current && asked.service == service) else {
        return Err(refuse(format!("Personne n’a demandé l’avis {}. {NOT_KEPT}", service.of())));
    };
    let quality = if person.job_title.is_empty() { service.quality().to_owned() } else { person.job_title.clone() };
    let opinion = Opinion {
        version: current,
        service,
        view: given.view,
        reasons: given.reasons,
        by: person.account,
        author_name: person.full_name(),
        author_quality: quality,
        at: now,
    };
    if !store::add_given(connection, id, &opinion).await? {
        let before = store::find_given(connection, id).await?;
        return Err(refuse(who_answered(&before, &opinion)));
    }
    let event = ExaminingFact::OpinionGiven { of: service.of().into(), version: current }.into();
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &event, now).await?;
    tell(connection, &application, &opinion, asked.by, now).await
}

/// Only those who may answer for a service do.
///
/// # Errors
/// [`Problem::Forbidden`], which says who may.
pub fn refuse_other_roles(person: &Person, service: Service) -> Result<(), Problem> {
    if service.may_be_given_by(person) {
        return Ok(());
    }
    let roles: Vec<&str> = service.roles().iter().map(|role| role.label()).collect();
    Err(Problem::Forbidden(format!("L’avis {} se rend avec le rôle {}.", service.of(), roles.join(" ou ")).into()))
}

/// The database kept one opinion for a service and one for a person: which of the two stands in the way.
fn who_answered(before: &[Opinion], refused: &Opinion) -> String {
    let on_this = |opinion: &&Opinion| opinion.version == refused.version;
    match before.iter().filter(on_this).find(|opinion| opinion.service == refused.service) {
        Some(first) if first.by == refused.by => {
            format!("Vous avez déjà rendu cet avis, sur la même version. {NOT_KEPT} Le premier reste tel quel.")
        }
        Some(first) => format!("{} {NOT_KEPT}", first.sentence()),
        None => format!(
            "Vous avez déjà rendu un avis pour un autre service sur cette version : les deux avis sont rendus par deux personnes. {NOT_KEPT}"
        ),
    }
}

/// Writes to whoever asked, unless they answered themself or left.
async fn tell(
    connection: &mut PgConnection,
    application: &Application,
    opinion: &Opinion,
    asked_by: crate::ids::AccountId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    if asked_by == opinion.by {
        return Ok(());
    }
    let Some(reviewer) = accounts::find_person(connection, asked_by).await?.filter(Person::is_staff) else { return Ok(()) };
    let asked = store::find_asked(connection, application.id).await?;
    let given = store::find_given(connection, application.id).await?;
    let is_last = asked
        .iter()
        .filter(|asked| asked.version == opinion.version)
        .all(|asked| given.iter().any(|given| given.version == opinion.version && given.service == asked.service));
    let about = applications::find_version(connection, application.id, opinion.version).await?.about(application.id);
    let letter = Letter::OpinionGiven { about, of: opinion.service.of().into(), given_by: opinion.author_name.clone(), is_last };
    let occasion = format!("{} version {} avis {} rendu", application.id, opinion.version, opinion.service);
    notifications::enqueue(connection, &occasion, &reviewer.as_recipient(), &letter, now).await
}
