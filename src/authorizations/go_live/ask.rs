//! Act: ask to go to production.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::store;
use crate::{
    accounts::{self, Applicant, EmailAddress, Role},
    applications,
    attachments::{self, Scan, Stored},
    authorizations::{self, State},
    calendar, experimentation,
    ids::AuthorizationId,
    journal::{self, Event, RightFact, Subject},
    notifications::{self, Letter, RightNews},
    problem::Problem,
};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Where the journey can be followed.
    pub url: String,
    /// Whoever puts it right, and is told of the result.
    pub contact_name: String,
    /// Their address.
    pub contact_email: EmailAddress,
    /// When the holder would like to open.
    pub wished_on: Date,
    /// How to follow the journey, possibly nothing.
    pub note: String,
    /// Screens of the journey, in the storage already: at most [`attachments::MOST_IN_A_FIELD`].
    pub screens: Vec<Stored>,
    /// What is known of those files.
    pub scan: Scan,
}

/// The holder's side, which the page knows the visitor to be of, asks the team to check the journey; the reviewers are told.
///
/// # Errors
/// [`Problem::NotPossible`] when the right is not active, or a request waits already; the database's.
pub async fn ask(
    connection: &mut PgConnection,
    by: &Applicant,
    right: AuthorizationId,
    asking: Asking,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    // The candidature first, as whoever lets a place that is not confirmed go on.
    let authorization = authorizations::find(connection, right).await?;
    applications::lock(connection, authorization.application).await?;
    let authorization = authorizations::store::lock(connection, right).await?;
    let waits = store::find_requests(connection, right).await?.into_iter().find(|request| request.check.is_none());
    let why_not = match waits {
        Some(other) => Some(format!(
            "{} a déjà demandé la mise en production le {} : l’équipe vérifie le parcours.",
            other.author,
            calendar::moment(other.asked_at)
        )),
        None if authorization.state != State::Active => {
            Some(format!("L’habilitation {right} est {} : le service ne peut pas ouvrir.", authorization.state.label().to_lowercase()))
        }
        None => None,
    };
    if let Some(sentence) = why_not {
        let page = format!("/habilitations/{}/mise-en-production", right.0);
        return Err(Problem::not_possible_but(format!("{sentence} Rien n’a été envoyé."), "Voir où cela en est", page));
    }
    // Whoever asks to open means to keep the place.
    experimentation::confirm_place(connection, by, authorization.application, now).await?;
    let request = store::add(connection, by, right, &asking, now).await?;
    let demande = (authorization.application, authorization.organisation.id);
    let screens = attachments::keep_all(connection, by.person(), demande, asking.screens, asking.scan, now).await?;
    for (place, screen) in (1..).zip(screens) {
        store::add_screen(connection, request, place, screen.id).await?;
    }
    let subject = Subject::application(authorization.application, authorization.organisation.id);
    journal::record(connection, &by.by(), subject, &Event::AboutRight(RightFact::GoLiveAsked { authorization: right }), now).await?;
    let news = RightNews::GoLiveAsked { by: by.person().full_name(), url: asking.url, wished_on: calendar::written(asking.wished_on) };
    let letter = Letter::AboutRight { about: authorization.about(), authorization: right, news };
    let occasion = format!("{right} go-live {}", now.unix_timestamp_nanos());
    for reviewer in accounts::find_by_role(connection, Role::Reviewer).await? {
        notifications::enqueue(connection, &occasion, &reviewer.as_recipient(), &letter, now).await?;
    }
    Ok(())
}
