//! Act: write to the holder of a right what is envisaged, and hear them.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::{Ground, Measure, store};
use crate::{
    accounts::{self, Reviewer},
    authorizations::{self, Authorization, State, author},
    calendar,
    ids::AuthorizationId,
    journal::{self, Event, RightFact, Subject},
    notifications::{self, Letter, RightNews},
    organisations,
    problem::Problem,
};

/// Days the holder has to answer, at least.
pub const LEAST_DAYS: i32 = 15;

/// What is envisaged and why.
#[derive(Clone, Debug)]
pub struct Opening {
    /// What.
    pub measure: Measure,
    /// Why in law.
    pub ground: Ground,
    /// Why in fact.
    pub facts: String,
    /// Why a suspension cannot wait, or nothing.
    pub urgency: String,
    /// The last day for observations.
    pub observations_until: Date,
}

/// Opens the procedure that must come before a right is suspended or revoked: its holder is told what is envisaged, why, and until when to
/// answer, in writing or, on demand, orally, with whoever assists them (CRPA L121-1, L122-1). Nothing changes for the right.
///
/// # Errors
/// [`Problem::NotPossible`] when the right is not in force, when a procedure is going on, or when the ground or the date do not hold;
/// [`Problem::Forbidden`] for the right of one's own organisation; the database's.
pub async fn open(
    connection: &mut PgConnection,
    by: &Reviewer,
    right: AuthorizationId,
    opening: &Opening,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let authorization = authorizations::store::lock(connection, right).await?;
    refuse_own(connection, by, &authorization).await?;
    let going_on = store::find_procedures(connection, right).await?.into_iter().find(|procedure| procedure.ruling.is_none());
    let why_not = match going_on {
        Some(other) => Some(format!(
            "{} a déjà ouvert une procédure sur cette habilitation le {}.",
            other.author.name,
            calendar::moment(other.opened_at)
        )),
        None => why_not(&authorization, opening, now),
    };
    if let Some(sentence) = why_not {
        let page = format!("/habilitations/{}/procedure", right.0);
        return Err(Problem::not_possible_but(format!("{sentence} Rien n’a été envoyé."), "Voir la procédure", page));
    }
    let author = author(by, service);
    store::add(connection, by, right, opening, &author, now).await?;
    let subject = Subject::application(authorization.application, authorization.organisation.id);
    let measure = opening.measure.verb().to_owned();
    journal::record(connection, &by.by(), subject, &Event::AboutRight(RightFact::ProcedureOpened { authorization: right, measure }), now)
        .await?;
    let news = RightNews::ProcedureOpened {
        verb: opening.measure.verb().to_owned(),
        in_law: opening.ground.in_law().to_owned(),
        facts: opening.facts.clone(),
        urgency: opening.urgency.clone(),
        until: calendar::written(opening.observations_until),
        author,
    };
    tell_holder(connection, &authorization, news, now).await
}

fn why_not(authorization: &Authorization, opening: &Opening, now: OffsetDateTime) -> Option<String> {
    let (today, granted_on) = (calendar::paris_date(now), calendar::paris_date(authorization.granted_at));
    let is_open = match opening.measure {
        Measure::Suspension => authorization.state == State::Active,
        Measure::Revocation => authorization.state.is_in_force(),
    };
    if !is_open {
        return Some(format!(
            "L’habilitation {} est {} : il n’y a rien à {}.",
            authorization.id,
            authorization.state.label().to_lowercase(),
            opening.measure.verb()
        ));
    }
    if !opening.ground.is_open(granted_on, today) {
        return Some("Cette habilitation a été accordée il y a plus de quatre mois : son illégalité ne permet plus de l’abroger (article L.\u{a0}242-1).".into());
    }
    None
}

/// The first day on which observations may end.
pub fn earliest_end(now: OffsetDateTime) -> jiff::civil::Date {
    calendar::days_after(calendar::paris_date(now), LEAST_DAYS)
}

/// Nobody of the team acts on the right of an organisation of theirs.
///
/// # Errors
/// [`Problem::Forbidden`] when it is; the database's.
pub async fn refuse_own(connection: &mut PgConnection, by: &Reviewer, authorization: &Authorization) -> Result<(), Problem> {
    let account = by.person().account;
    let belongs = organisations::find_membership(connection, account, authorization.organisation.id).await?.is_some();
    if belongs || authorization.applicant == account {
        return Err(Problem::Forbidden("Vous appartenez à l’organisme titulaire : un autre membre de l’équipe doit agir.".into()));
    }
    Ok(())
}

/// Writes to whoever obtained the right; when their account was closed since, the facts stand on its page.
pub(in crate::authorizations) async fn tell_holder(
    connection: &mut PgConnection,
    authorization: &Authorization,
    news: RightNews,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let Some(holder) = accounts::find_person(connection, authorization.applicant).await? else { return Ok(()) };
    let occasion = format!("{} {} {}", authorization.id, news.name(), now.unix_timestamp_nanos());
    let letter = Letter::AboutRight { about: authorization.about(), authorization: authorization.id, news };
    notifications::enqueue(connection, &occasion, &holder.as_recipient(), &letter, now).await
}
