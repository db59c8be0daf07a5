//! Letters about the year of a participant and its monthly reports.

use habilitation::{
    applications::Baseline,
    authorizations::State,
    ids::{AccountId, AuthorizationId, OrganisationId},
    notifications::{AboutApplication, Letter, ParticipationNews, Passage},
    participation::{Cause, Ended, Month, Participation, Reminder, words},
};
use jiff::civil::date;

/// One of each.
pub fn of_participations(about: &AboutApplication, say: impl Fn(&str) -> String) -> Vec<Letter> {
    let participation = Participation {
        application: about.application,
        version: about.version,
        organisation: OrganisationId(1),
        authorization: AuthorizationId(12),
        state: State::Active,
        holder: about.organisation.clone(),
        service: about.service.clone(),
        applicant: AccountId(1),
        began_on: date(2026, 12, 3),
        ends_on: date(2027, 12, 3),
        ended: None,
        baseline: Baseline { monthly_connections: 15_900, monthly_accounts: 812, monthly_traffic: 40_000, method: "Matomo.".into() },
    };
    let ended = Ended { on: participation.ends_on, cause: Cause::Term };
    let may = Month::parse("2027-05").unwrap();
    let told = |(news, says): (ParticipationNews, Vec<Passage>)| {
        let said = says.into_iter().map(|passage| Passage::new(say(&passage.title), passage.says.iter().map(|line| say(line)))).collect();
        Letter::OfParticipation { about: about.clone(), authorization: AuthorizationId(12), news, says: said }
    };
    vec![
        told(words::of_coming_end(&participation, date(2027, 11, 26))),
        told(words::of_end(&participation, ended)),
        told(words::of_missing_report(may, Reminder::Before, date(2027, 6, 5))),
        told(words::of_missing_report(may, Reminder::Last, date(2027, 6, 25))),
    ]
}
