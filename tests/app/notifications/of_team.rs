//! Letters of the team's own: who answers for what, the news of a day, a demande prepared for somebody.

use habilitation::{
    ids::CampaignChangeId,
    notifications::{AboutApplication, CampaignNews, DigestLine, Letter, TeamLetter},
};
use time::macros::datetime;
use uuid::Uuid;

/// One of each kind.
pub fn of_team(about: &AboutApplication, say: impl Fn(&str) -> String) -> [Letter; 6] {
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
    let campaign = |news| TeamLetter::CampaignChange {
        title: say("Expérimentation 2027"),
        news,
        proposed_by: say("Yasmine Haddad"),
        settled_by: say("Marc Olivier"),
        reasons: say("L’arrêté modificatif du 2 mars porte le panel à cent vingt participants."),
        message: say("L’arrêté n’est pas encore publié."),
        changes: vec![say("Nombre de places\u{a0}: 100, puis 120")],
        change: CampaignChangeId(3),
    };
    [
        campaign(CampaignNews::Proposed).into(),
        campaign(CampaignNews::Agreed).into(),
        campaign(CampaignNews::Declined).into(),
        Letter::DossierAssigned {
            about: about.clone(),
            by: say("Samir Benali"),
            word: say("Le client attend une réponse avant vendredi."),
        },
        prepared.into(),
        TeamLetter::DailyDigest { day: say("3\u{a0}décembre\u{a0}2026"), lines }.into(),
    ]
}
