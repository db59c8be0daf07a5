//! Letters of the team's own: who answers for what, the news of a day, a demande prepared for somebody.

use habilitation::notifications::{AboutApplication, DigestLine, Letter, TeamLetter};
use time::macros::datetime;
use uuid::Uuid;

/// One of each kind.
pub fn of_team(about: &AboutApplication, say: impl Fn(&str) -> String) -> [Letter; 3] {
    let line = |says: &str| DigestLine { says: say(says), application: Some(about.application) };
    let lines = vec![line("Demande D1042 à instruire\u{a0}: Commune de Clamart"), line("Vous avez reçu un message à propos de D1042")];
    let prepared = TeamLetter::DemandePrepared {
        organisation: say("Commune de Clamart"),
        kind: say("Administration"),
        prepared_by: say("Nadia Ferrand"),
        message: say("Suite à notre échange, voici votre demande commencée."),
        prepared: Uuid::from_u128(1),
        expires_at: datetime!(2027-01-02 09:00 UTC),
    };
    [
        Letter::DossierAssigned {
            about: about.clone(),
            by: say("Samir Benali"),
            word: say("Le client attend une réponse avant vendredi."),
        },
        prepared.into(),
        TeamLetter::DailyDigest { day: say("3\u{a0}décembre\u{a0}2026"), lines }.into(),
    ]
}
