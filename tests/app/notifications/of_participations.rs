//! Letters about the year of a participant and its monthly reports.

use habilitation::{
    applications::Baseline,
    authorizations::State,
    ids::{AccountId, AuthorizationId, OrganisationId},
    notifications::{AboutApplication, Author, Letter, ParticipationNews, Passage},
    participation::{
        Cause, Ended, Month, Participation, Reminder,
        destruction::{self, Notice},
        words,
    },
};
use jiff::civil::date;
use time::macros::datetime;

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
    let notice = Notice {
        application: about.application,
        facts: "L’attestation était attendue au plus tard le 2 janvier 2028.".into(),
        until: date(2028, 2, 1),
        author: Author { name: "Nadia Benali".into(), quality: "Instructrice".into(), service: "DINUM".into() },
        sent_at: datetime!(2028-01-17 09:00 UTC),
    };
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
        told(destruction::words::of_missing_certificate(ended, Reminder::Before, date(2027, 12, 26))),
        told(destruction::words::of_missing_certificate(ended, Reminder::Last, date(2028, 1, 17))),
        told(destruction::words::of_notice(&notice)),
    ]
}
