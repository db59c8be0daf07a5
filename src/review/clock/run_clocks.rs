//! Timer: limits that pass, silence that decides, alarms and reminders. Each thing is told once, however often this runs.

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    news,
    silence::SilenceDecision,
    store,
    tell::{tell_applicant, tell_team},
};
use crate::{
    applications::{self, Act, Application, LegalClock},
    calendar,
    config::SilenceEffect,
    ids::ApplicationId,
    journal::{self, By, Event, Subject},
    notifications::ClockNews,
    problem::Problem,
};

/// The timer's name in the journal.
const TIMER: &str = "Le guichet";

/// Demandes looked at in one run for each thing; the next run sees the following ones.
const MOST: i64 = 200;

/// Days after which whoever was asked for clarifications is reminded.
const REMINDERS: [i32; 2] = [30, 15];

/// Days before the limit of missing items when the applicant is reminded for the last time.
const LAST_REMINDER: i32 = 3;

/// What a run wrote down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockRound {
    /// Limits that passed.
    pub lapsed: usize,
    /// Decisions silence took.
    pub decided: usize,
}

/// Does what is due. Safe to run at any time, late, twice, by several at once: each demande is locked, those somebody decides on are left
/// to them, and what was done is no longer due.
///
/// # Errors
/// The database's.
pub async fn run_clocks(connection: &mut PgConnection, now: OffsetDateTime) -> Result<ClockRound, Problem> {
    let today = calendar::paris_date(now);
    let mut round = ClockRound::default();
    for id in store::lock_passed_limits(connection, today, MOST).await? {
        lapse(connection, id, now).await?;
        round.lapsed += 1;
    }
    for id in store::lock_due(connection, today, MOST).await? {
        round.decided += usize::from(decide_by_silence(connection, id, now).await?);
    }
    warn_of_silence(connection, today, now).await?;
    remind_applicants(connection, today, now).await?;
    Ok(round)
}

/// The limit passed without the items: the clock of a rejection goes on, that of an acceptance still waits.
async fn lapse(connection: &mut PgConnection, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let application = applications::lock(connection, id).await?;
    let Some(asked) = store::find_missing_items(connection, id, application.version).await? else { return Ok(()) };
    store::add_lapse(connection, id, application.version, now).await?;
    let decides_on = applications::keep_clock(connection, id).await?.decides_on();
    let subject = Subject::application(id, application.organisation);
    journal::record(connection, &By::Timer(TIMER), subject, &Event::MissingItemsLapsed { version: application.version }, now).await?;
    let silence = applications::find_version(connection, id, application.version).await?.silence_effect;
    let occasion = format!("{id} version {} limit passed", application.version);
    let told = |is_for_team| (ClockNews::LimitPassed, news::of_limit_passed(asked.limit_on, silence, decides_on, is_for_team));
    tell_applicant(connection, &application, &occasion, told(false), now).await?;
    tell_team(connection, &application, &occasion, told(true), now).await
}

/// Writes down what silence decides that day. A rejection ends the demande; an acceptance waits for a person to sign the right.
async fn decide_by_silence(connection: &mut PgConnection, id: ApplicationId, now: OffsetDateTime) -> Result<bool, Problem> {
    let application = applications::lock(connection, id).await?;
    let today = calendar::paris_date(now);
    let decision = match applications::find_clock(connection, id).await? {
        LegalClock::Running { effect, decides_on } if decides_on <= today => SilenceDecision { effect, on: decides_on },
        _ => return Ok(false),
    };
    store::add_silence_decision(connection, id, application.version, decision, now).await?;
    let news = match decision.effect {
        SilenceEffect::Acceptance => {
            applications::keep_clock(connection, id).await?;
            ClockNews::AcceptedBySilence
        }
        SilenceEffect::Rejection => {
            reject(connection, &application, now).await?;
            ClockNews::RejectedBySilence
        }
    };
    let event = Event::DecidedBySilence { effect: decision.effect.to_string(), decided_on: decision.on.to_string() };
    journal::record(connection, &By::Timer(TIMER), Subject::application(id, application.organisation), &event, now).await?;
    let occasion = format!("{id} decided by silence");
    tell_applicant(connection, &application, &occasion, (news.clone(), news::of_silence(decision, false)), now).await?;
    tell_team(connection, &application, &occasion, (news, news::of_silence(decision, true)), now).await?;
    Ok(true)
}

/// What waits for its applicant comes back to the team first: silence decides on what the team holds. The rejection of a change gives back
/// what was granted, as any refusal does.
async fn reject(connection: &mut PgConnection, application: &Application, now: OffsetDateTime) -> Result<(), Problem> {
    let mut application = application.clone();
    if application.state.allows(Act::Submit) {
        application.state = application.after(Act::Submit).map_err(anyhow::Error::from)?;
        applications::save_state(connection, application.id, application.state, now).await?;
    }
    let becomes = application.after(Act::Refuse).map_err(anyhow::Error::from)?;
    applications::settle(connection, &application, Act::Refuse, becomes, now).await
}

async fn warn_of_silence(connection: &mut PgConnection, today: Date, now: OffsetDateTime) -> Result<(), Problem> {
    let first = news::ALARMS.into_iter().max().unwrap_or_default();
    for (id, on) in store::find_due_between(connection, today, calendar::days_after(today, first)).await? {
        let Some(threshold) = news::alarm(calendar::whole_days(today, on)) else { continue };
        let application = applications::find(connection, id).await?;
        let LegalClock::Running { effect, .. } = applications::find_clock(connection, id).await? else { continue };
        let occasion = format!("{id} silence on {on}, {threshold} days before");
        let told = (ClockNews::Alarm { decides_on: calendar::date_in_full(on) }, news::of_alarm(effect, on, today));
        tell_team(connection, &application, &occasion, told, now).await?;
    }
    Ok(())
}

async fn remind_applicants(connection: &mut PgConnection, today: Date, now: OffsetDateTime) -> Result<(), Problem> {
    for (id, asked_at, limit_on) in store::find_unanswered(connection).await? {
        let Some(step) = reminder(calendar::paris_date(asked_at), limit_on, today) else { continue };
        let application = applications::find(connection, id).await?;
        let occasion = format!("{id} version {} reminder {step}", application.version);
        tell_applicant(connection, &application, &occasion, (ClockNews::Reminder, news::of_reminder(limit_on)), now).await?;
    }
    Ok(())
}

/// The reminder due that day, by its name: half-way and three days before the limit of missing items; after fifteen and thirty days
/// without an answer to a request for changes.
fn reminder(asked_on: Date, limit_on: Option<Date>, today: Date) -> Option<&'static str> {
    match limit_on {
        Some(limit) if today > limit => None,
        Some(limit) if calendar::whole_days(today, limit) <= LAST_REMINDER => Some("before the limit"),
        Some(limit) => (today >= calendar::days_after(asked_on, calendar::whole_days(asked_on, limit) / 2)).then_some("half-way"),
        None => match calendar::whole_days(asked_on, today) {
            waited if waited >= REMINDERS[0] => Some("after thirty days"),
            waited if waited >= REMINDERS[1] => Some("after fifteen days"),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_applicant_is_reminded_at_half_of_the_limit_and_three_days_before() {
        let (asked, limit) = (date(2026, 12, 3), Some(date(2026, 12, 24)));
        for (day, expected) in [
            (12, None),
            (13, Some("half-way")),
            (20, Some("half-way")),
            (21, Some("before the limit")),
            (24, Some("before the limit")),
            (25, None),
        ] {
            assert_eq!(reminder(asked, limit, date(2026, 12, day)), expected, "{day}");
        }
    }

    #[test]
    fn a_clarification_nobody_answers_is_recalled_after_fifteen_and_thirty_days() {
        let asked = date(2026, 12, 3);
        for (day, expected) in [
            (date(2026, 12, 17), None),
            (date(2026, 12, 18), Some("after fifteen days")),
            (date(2027, 1, 1), Some("after fifteen days")),
            (date(2027, 1, 2), Some("after thirty days")),
        ] {
            assert_eq!(reminder(asked, None, day), expected, "{day}");
        }
    }
}
