//! Act: say what was found of a journey.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Point,
    checklist::{Result as Found, is_favourable},
    store,
};
use crate::{
    accounts::Reviewer,
    authorizations::{
        self, author,
        procedure::{refuse_own, tell_holder},
    },
    calendar,
    ids::AuthorizationId,
    journal::{self, Event, RightFact, Subject},
    notifications::{self, Letter, Recipient, RightNews},
    problem::Problem,
};

/// What was found.
#[derive(Clone, Debug)]
pub struct Check {
    /// Point by point.
    pub points: Vec<Point>,
    /// What must be corrected, or a word.
    pub reasons: String,
}

/// The team answers the request that waits: the service may open when every point is met, and is to be corrected otherwise. The holder and
/// the technical contact are told.
///
/// # Errors
/// [`Problem::NotPossible`] when nothing waits or somebody answered first; [`Problem::Forbidden`] for one's own organisation; the
/// database's.
pub async fn answer(
    connection: &mut PgConnection,
    by: &Reviewer,
    right: AuthorizationId,
    check: &Check,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let authorization = authorizations::store::lock(connection, right).await?;
    refuse_own(connection, by, &authorization).await?;
    let requests = store::find_requests(connection, right).await?;
    let Some(request) = requests.iter().find(|request| request.check.is_none()) else {
        let sentence = match requests.first().and_then(|request| request.check.as_ref()) {
            Some(other) => format!("{} a déjà répondu le {}.", other.author.name, calendar::moment(other.checked_at)),
            None => "Aucune mise en production n’est demandée.".to_owned(),
        };
        let page = format!("/habilitations/{}/mise-en-production", right.0);
        return Err(Problem::not_possible_but(format!("{sentence} Votre réponse n’a pas été enregistrée."), "Voir où cela en est", page));
    };
    let author = author(by, service);
    store::add_check(connection, by, request.id, check, &author, now).await?;
    let favourable = is_favourable(&check.points);
    let subject = Subject::application(authorization.application, authorization.organisation.id);
    journal::record(connection, &by.by(), subject, &Event::AboutRight(RightFact::JourneyChecked { authorization: right, favourable }), now)
        .await?;
    let unmet = check.points.iter().filter(|point| point.result == Found::NotMet);
    let news = RightNews::JourneyChecked {
        favourable,
        url: request.url.clone(),
        to_correct: unmet
            .map(|point| if point.remark.is_empty() { point.title.clone() } else { format!("{} {}", point.title, point.remark) })
            .collect(),
        reasons: check.reasons.clone(),
        author,
        checked_on: calendar::day(now),
    };
    let contact = Recipient { address: request.contact_email.clone(), name: request.contact_name.clone() };
    let letter = Letter::AboutRight { about: authorization.about(), authorization: right, news: news.clone() };
    let occasion = format!("{} {} {}", authorization.id, news.name(), now.unix_timestamp_nanos());
    notifications::enqueue(connection, &occasion, &contact, &letter, now).await?;
    tell_holder(connection, &authorization, news, now).await
}
