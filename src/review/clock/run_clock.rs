//! Act: what time alone brings to a demande: limits that pass, silence that decides, alarms and reminders. Each thing is told once, however
//! often this runs.

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    asked::Asked,
    news,
    silence::SilenceDecision,
    store,
    tell::{tell_applicant, tell_team},
};
use crate::{
    applications::{self, Act, Application, LegalClock, State},
    calendar,
    config::SilenceEffect,
    experimentation::{self, Leaving},
    ids::ApplicationId,
    journal::{self, By, Event, Subject},
    notifications::ClockNews,
    problem::Problem,
};

/// The timer's name in the journal.
const TIMER: &str = "Le guichet";

/// What a limit that passed does to a candidature besides.
const LEAVES_THE_LINE: &str = "La candidature n’est plus dans la file de l’expérimentation, et la place qui lui était réservée, s’il y en avait une, va à la candidature suivante. Si les pièces sont envoyées, elle reprend place à la fin de la file.";

/// Demandes looked at in one round for each chore; the next round sees the following ones.
const MOST: i64 = 200;

/// What time alone brings, in the order it is to be done: a limit that passed may make a decision due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum Chore {
    /// The limit for missing items passed without them.
    Lapse,
    /// Silence decides.
    Decide,
    /// Silence will decide: the team is warned.
    Warn,
    /// An answer is awaited: the applicant is reminded.
    Remind,
}

/// The demandes a chore may be due for that day.
///
/// # Errors
/// The database's.
pub async fn find_chores(connection: &mut PgConnection, chore: Chore, today: Date) -> Result<Vec<ApplicationId>, Problem> {
    match chore {
        Chore::Lapse => store::find_passed_limits(connection, today, MOST).await,
        Chore::Decide => store::find_due(connection, today, MOST).await,
        Chore::Warn => store::find_due_between(connection, today, calendar::days_after(today, news::FIRST_ALARM)).await,
        Chore::Remind => {
            let unanswered = store::find_unanswered(connection).await?;
            let due = unanswered.into_iter().filter(|(_, asked)| reminder(*asked, today).is_some());
            Ok(due.map(|(id, _)| id).collect())
        }
    }
}

/// Does a chore for a demande, if it is due. Safe to run at any time, late, twice, by several at once: the demande is locked, what it depends
/// on is read again, and what was done is no longer due. Whether something was written down.
///
/// # Errors
/// The database's.
pub async fn run_clock(connection: &mut PgConnection, chore: Chore, id: ApplicationId, now: OffsetDateTime) -> Result<bool, Problem> {
    let application = applications::lock(connection, id).await?;
    match chore {
        Chore::Lapse => lapse(connection, &application, now).await,
        Chore::Decide => decide_by_silence(connection, &application, now).await,
        Chore::Warn => warn_of_silence(connection, &application, now).await,
        Chore::Remind => remind(connection, &application, now).await,
    }
}

/// The limit passed without the items: the clock of a rejection goes on, that of an acceptance still waits.
async fn lapse(connection: &mut PgConnection, application: &Application, now: OffsetDateTime) -> Result<bool, Problem> {
    let (id, version, today) = (application.id, application.version, calendar::paris_date(now));
    if application.state != State::ChangesRequested || !store::has_unwritten_lapse(connection, id, version, today).await? {
        return Ok(false);
    }
    let Some(asked) = store::find_missing_items(connection, id, version).await? else { return Ok(false) };
    store::add_lapse(connection, id, version, now).await?;
    if !application.is_change() {
        experimentation::leave_line(connection, id, Leaving::ItemsMissing, now).await?;
    }
    let decides_on = applications::keep_clock(connection, id).await?.decides_on();
    let subject = Subject::application(id, application.organisation);
    journal::record(connection, &By::Timer(TIMER), subject, &Event::MissingItemsLapsed { version }, now).await?;
    let silence = applications::find_version(connection, id, version).await?.silence_effect;
    let occasion = format!("{id} version {version} limit passed");
    let told = |is_for_team| {
        let mut passage = news::of_limit_passed(asked.limit_on, silence, decides_on, is_for_team);
        if application.campaign.is_some() && !application.is_change() {
            passage.says.push(LEAVES_THE_LINE.to_owned());
        }
        (ClockNews::LimitPassed, passage)
    };
    tell_applicant(connection, application, &occasion, told(false), now).await?;
    tell_team(connection, application, &occasion, told(true), now).await?;
    Ok(true)
}

/// Writes down what silence decides that day. A rejection ends the demande, or the change of what it granted; an acceptance waits for a person
/// to sign the right.
async fn decide_by_silence(connection: &mut PgConnection, application: &Application, now: OffsetDateTime) -> Result<bool, Problem> {
    let (id, version) = (application.id, application.version);
    if !application.state.is_in_progress() {
        return Ok(false);
    }
    let decision = match applications::find_clock(connection, id).await? {
        LegalClock::Running { effect, decides_on } if decides_on <= calendar::paris_date(now) => {
            SilenceDecision { version, is_change: application.is_change(), effect, on: decides_on }
        }
        _ => return Ok(false),
    };
    store::add_silence_decision(connection, id, decision, now).await?;
    let news = match decision.effect {
        SilenceEffect::Acceptance => {
            applications::keep_clock(connection, id).await?;
            ClockNews::AcceptedBySilence
        }
        SilenceEffect::Rejection => {
            reject(connection, application, now).await?;
            ClockNews::RejectedBySilence
        }
    };
    let event = Event::DecidedBySilence { effect: decision.effect.to_string(), decided_on: decision.on.to_string() };
    journal::record(connection, &By::Timer(TIMER), Subject::application(id, application.organisation), &event, now).await?;
    let occasion = format!("{id} version {version} decided by silence");
    let told = |is_for_team| (news.clone(), news::of_silence(decision, is_for_team));
    tell_applicant(connection, application, &occasion, told(false), now).await?;
    tell_team(connection, application, &occasion, told(true), now).await?;
    Ok(true)
}

/// What waits for its applicant comes back to the team first: silence decides on what the team holds. The rejection of a change gives back
/// what was granted, as any refusal does.
async fn reject(connection: &mut PgConnection, application: &Application, now: OffsetDateTime) -> Result<(), Problem> {
    let mut application = application.clone();
    if !application.is_change() {
        experimentation::leave_line(connection, application.id, Leaving::Silence, now).await?;
    }
    if application.state.allows(Act::Submit) {
        application.state = application.after(Act::Submit).map_err(anyhow::Error::from)?;
        applications::save_state(connection, application.id, application.state, now).await?;
    }
    let becomes = application.after(Act::Refuse).map_err(anyhow::Error::from)?;
    applications::settle(connection, &application, Act::Refuse, becomes, now).await
}

async fn warn_of_silence(connection: &mut PgConnection, application: &Application, now: OffsetDateTime) -> Result<bool, Problem> {
    let (id, today) = (application.id, calendar::paris_date(now));
    let LegalClock::Running { effect, decides_on: on } = applications::find_clock(connection, id).await? else { return Ok(false) };
    let Some(threshold) = news::alarm(calendar::whole_days(today, on)) else { return Ok(false) };
    let occasion = format!("{id} silence on {on}, {threshold} days before");
    let told = (ClockNews::Alarm { decides_on: calendar::date_in_full(on) }, news::of_alarm(effect, on, today));
    tell_team(connection, application, &occasion, told, now).await?;
    Ok(true)
}

async fn remind(connection: &mut PgConnection, application: &Application, now: OffsetDateTime) -> Result<bool, Problem> {
    let id = application.id;
    let Some(asked) = store::find_asked(connection, id).await? else { return Ok(false) };
    let Some(step) = reminder(asked, calendar::paris_date(now)) else { return Ok(false) };
    let occasion = format!("{id} version {} reminder {step}", application.version);
    tell_applicant(
        connection,
        application,
        &occasion,
        (ClockNews::Reminder, news::of_reminder(asked.limit_on, application.kind.is_private())),
        now,
    )
    .await?;
    Ok(true)
}

/// The reminder due that day, by its name.
fn reminder(asked: Asked, today: Date) -> Option<&'static str> {
    let names = if asked.limit_on.is_some() { ["half-way", "before the limit"] } else { ["after fifteen days", "after thirty days"] };
    let is_over = asked.limit_on.is_some_and(|limit| limit < today);
    asked.reminders().into_iter().zip(names).rev().find(|(day, _)| !is_over && *day <= today).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_applicant_is_reminded_at_half_of_the_limit_and_three_days_before() {
        let asked = Asked { asked_on: date(2026, 12, 3), limit_on: Some(date(2026, 12, 24)) };
        for (day, expected) in [
            (12, None),
            (13, Some("half-way")),
            (20, Some("half-way")),
            (21, Some("before the limit")),
            (24, Some("before the limit")),
            (25, None),
        ] {
            assert_eq!(reminder(asked, date(2026, 12, day)), expected, "{day}");
        }
    }

    #[test]
    fn a_clarification_nobody_answers_is_recalled_after_fifteen_and_thirty_days() {
        let asked = Asked { asked_on: date(2026, 12, 3), limit_on: None };
        for (day, expected) in [
            (date(2026, 12, 17), None),
            (date(2026, 12, 18), Some("after fifteen days")),
            (date(2027, 1, 1), Some("after fifteen days")),
            (date(2027, 1, 2), Some("after thirty days")),
        ] {
            assert_eq!(reminder(asked, day), expected, "{day}");
        }
    }
}
