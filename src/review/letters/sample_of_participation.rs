//! Examples of what the year of a participant makes leave.

use super::sample::{Facts, Sample, about, one, variant};
use crate::{
    applications::Baseline,
    authorizations::State,
    calendar,
    experimentation::Offer,
    ids::{AccountId, AuthorizationId, OrganisationId},
    notifications::{Author, Letter, ParticipationNews, Passage},
    participation::{
        Cause, Ended, Month, Participation, Reminder,
        destruction::{self, NOTICE_DAYS, Notice},
        words,
    },
};

impl Facts<'_> {
    pub(super) fn of_participations(&self) -> Vec<Sample> {
        let today = calendar::paris_date(self.now);
        let about = about();
        let participation = Participation {
            application: about.application,
            version: about.version,
            organisation: OrganisationId(1),
            authorization: AuthorizationId(73),
            state: State::Active,
            holder: about.organisation.clone(),
            service: about.service.clone(),
            applicant: AccountId(1),
            began_on: calendar::months_after(calendar::days_after(today, 30), -12),
            ends_on: calendar::days_after(today, 30),
            ended: None,
            baseline: Baseline { monthly_connections: 15_900, monthly_accounts: 812, monthly_traffic: 40_000, method: "Matomo.".into() },
        };
        let told = |(news, says): (ParticipationNews, Vec<Passage>)| Letter::OfParticipation {
            about: about.clone(),
            authorization: participation.authorization,
            news,
            says,
        };
        let ended = |cause| told(words::of_end(&participation, Ended { on: calendar::days_after(today, -1), cause }));
        let over = Ended { on: calendar::days_after(today, -46), cause: Cause::Term };
        let awaited = |reminder, days| {
            told(destruction::words::of_missing_certificate(over, reminder, calendar::days_after(destruction::due_on(over), days)))
        };
        let month = Month::of(today).previous();
        let late = |reminder, days| told(words::of_missing_report(month, reminder, calendar::days_after(month.due_on(), days)));
        let answer_by = calendar::days_after(today, 7);
        let offer =
            Offer { id: 1, application: about.application, offered_on: calendar::days_after(answer_by, -15), answer_by, confirmed: None };
        vec![
            one(told(words::of_place_to_confirm(&offer, today))),
            one(told(words::of_lapsed_place(&offer))),
            one(told(words::of_place_given_back())),
            one(told(words::of_coming_end(&participation, today))),
            variant("à son terme", ended(Cause::Term)),
            variant("par une révocation", ended(Cause::Revocation)),
            variant("parce que la place est rendue", ended(Cause::Renunciation)),
            one(late(Reminder::Before, -5)),
            variant("un jour après", late(Reminder::DayAfter, 1)),
            variant("quinze jours après", late(Reminder::Last, 15)),
            one(awaited(Reminder::Before, -7)),
            variant("un jour après", awaited(Reminder::DayAfter, 1)),
            variant("quinze jours après", awaited(Reminder::Last, 15)),
            one(told(destruction::words::of_notice(&self.notice_of_end(over)))),
        ]
    }

    fn notice_of_end(&self, over: Ended) -> Notice {
        let today = calendar::paris_date(self.now);
        Notice {
            application: about().application,
            facts: format!(
                "Votre participation s’est terminée le {}. L’attestation était attendue au plus tard le {}. Nous ne l’avons pas reçue, malgré nos rappels.",
                calendar::date_in_full(over.on),
                calendar::date_in_full(destruction::due_on(over))
            ),
            until: calendar::days_after(today, NOTICE_DAYS),
            author: Author { name: "Nadia Benali".into(), quality: "Instructrice".into(), service: "DINUM, équipe FranceConnect".into() },
            sent_at: self.now,
        }
    }
}
