//! Examples of what the team's work makes leave: the right once granted, opinions and signatures.

use time::Duration;

use super::sample::{CAMILLE, Facts, Sample, about, one, variant};
use crate::{
    calendar,
    experimentation::news as places,
    ids::{AuthorizationId, CampaignChangeId},
    journal::AskedPoint,
    notifications::{AboutApplication, CampaignNews, DecisionLetter, DigestLine, Letter, LineNews, Returning, RightNews, TeamLetter},
    review::Ground,
};

const NADIA: &str = "Nadia Ferrand";
const HELENE: &str = "Hélène Marchand";

fn of_campaign(news: CampaignNews) -> Letter {
    TeamLetter::CampaignChange {
        title: "Expérimentation d’exemple".into(),
        news,
        proposed_by: NADIA.into(),
        settled_by: if news == CampaignNews::Proposed { String::new() } else { "Samir Kaci".into() },
        reasons: "L’arrêté modificatif porte le panel à cent vingt participants.".into(),
        message: if news == CampaignNews::Declined { "L’arrêté n’est pas encore publié.".into() } else { String::new() },
        changes: vec!["Nombre de places\u{a0}: 100, puis 120".into()],
        change: CampaignChangeId(3),
    }
    .into()
}

impl Facts<'_> {
    pub(super) fn of_team(&self) -> Vec<Sample> {
        let line = |says: &str| DigestLine { says: says.into(), application: Some(about().application) };
        let lines = vec![line("Demande D1042 à instruire\u{a0}: Commune d’Exemple"), line("Vous avez reçu un message à propos de D1042")];
        let completed = AboutApplication { version: 2, ..about() };
        vec![
            variant("première version", Letter::ApplicationArrived { about: about() }),
            variant("version complétée", Letter::ApplicationArrived { about: completed }),
            one(TeamLetter::DailyDigest { day: calendar::day(self.now), lines }.into()),
            one(of_campaign(CampaignNews::Proposed)),
            one(of_campaign(CampaignNews::Agreed)),
            one(of_campaign(CampaignNews::Declined)),
        ]
    }

    pub(super) fn decided(&self) -> Vec<Sample> {
        let point = AskedPoint {
            part: "donnees".into(),
            field: "scopes-gender".into(),
            about: "Les données : sexe".into(),
            text: "Précisez l’usage de cette donnée, ou retirez-la.".into(),
        };
        let refused = |ground: Ground| Letter::ApplicationRefused {
            about: about(),
            ground: ground.in_law(),
            message: "le service décrit est réservé aux agents de la commune.".into(),
            author: self.author(),
            decided_at: self.now,
            keeps: None,
        };
        let named_by = || CAMILLE.to_owned();
        let approved = |confirm_by| Letter::ApplicationApproved {
            about: about(),
            authorization: AuthorizationId(73),
            message: "Bon lancement !".into(),
            author: self.author(),
            technical_contact: "Alex Morel".into(),
            confirm_by,
        };
        vec![
            one(Letter::ChangesRequested {
                about: about(),
                message: "Merci de compléter les points ci-dessous.".into(),
                points: vec![point],
                author: self.author(),
            }),
            one(refused(Ground::ServiceOutOfScope)),
            variant("demande", approved(None)),
            variant("candidature, dont la place est à confirmer", approved(Some(calendar::day(self.now + Duration::days(15))))),
            one(Letter::NamedAsController { about: about(), named_by: named_by() }),
            one(Letter::NamedAsDpo { about: about(), named_by: named_by() }),
            one(Letter::NamedAsReferent { about: about(), named_by: named_by() }),
        ]
    }

    pub(super) fn of_rights(&self) -> Vec<Sample> {
        let about_right = |news| Letter::AboutRight { about: about(), authorization: AuthorizationId(73), news };
        let in_law = "un acte obtenu par fraude peut être, à tout moment, abrogé ou retiré (code des relations entre le public et \
                      l’administration, article L.\u{a0}241-2)."
            .to_owned();
        let facts = "Le bouton était présent sur un site qui n’est pas celui de la demande.".to_owned();
        let ruled = |outcome: &str, until: Option<String>| {
            about_right(RightNews::Ruled {
                outcome: outcome.into(),
                until,
                in_law: in_law.clone(),
                reasons: facts.clone(),
                urgency: String::new(),
                author: self.author(),
                decided_on: calendar::day(self.now),
            })
        };
        let checked = |favourable, to_correct: &[&str]| {
            about_right(RightNews::JourneyChecked {
                favourable,
                url: "https://essai.clamart.example/familles".into(),
                to_correct: to_correct.iter().map(|point| (*point).to_owned()).collect(),
                reasons: if favourable { String::new() } else { "Remontez le bouton au-dessus du formulaire.".into() },
                author: self.author(),
                checked_on: calendar::day(self.now),
            })
        };
        vec![
            one(about_right(RightNews::ProcedureOpened {
                verb: "révoquer".into(),
                in_law: in_law.clone(),
                facts: facts.clone(),
                urgency: String::new(),
                until: self.in_days(15),
                author: self.author(),
            })),
            one(about_right(RightNews::Observed { by: "Camille Rousseau".into() })),
            variant("suspension", ruled("suspended", Some(self.in_days(30)))),
            variant("révocation", ruled("revoked", None)),
            variant("classée sans suite", ruled("closed", None)),
            one(about_right(RightNews::SuspensionEnded)),
            one(about_right(RightNews::GoLiveAsked {
                by: "Camille Rousseau".into(),
                url: "https://essai.clamart.example/familles".into(),
                wished_on: self.in_days(30),
            })),
            variant("favorable", checked(true, &[])),
            variant(
                "à corriger",
                checked(
                    false,
                    &[
                        "Le bouton est nettement séparé des autres façons de se connecter : on voit que l’on peut choisir. Il est dans la même liste.",
                    ],
                ),
            ),
        ]
    }

    pub(super) fn of_places() -> Vec<Sample> {
        let told = |news, says| Letter::LineNews { about: about(), news, says };
        let sentence = "Cette candidature attend une place : elle est 3e dans la file du secteur « Transport de personnes ». Les 100 places de l’expérimentation sont prises.";
        let corrected =
            places::of_sector("Transport de personnes", "Le service met des conducteurs et des passagers en relation.", sentence);
        vec![
            variant("place réservée", told(LineNews::PlaceReserved, places::of_reserved())),
            variant("secteur corrigé", told(LineNews::SectorCorrected, corrected)),
        ]
    }

    pub(super) fn of_signing(&self) -> Vec<Sample> {
        let of = "du service juridique de la DINUM".to_owned();
        let given = |is_last| Letter::OpinionGiven { about: about(), of: of.clone(), given_by: "Hugo Lemaire".into(), is_last };
        let returned = |how, by: &str| {
            DecisionLetter::DecisionReturned {
                about: about(),
                decision: "le refus".into(),
                by: by.into(),
                how,
                message: "Citez l’article.".into(),
            }
            .into()
        };
        vec![
            one(Letter::OpinionAsked { about: about(), of: of.clone(), service: "juridique".into(), asked_by: NADIA.into() }),
            variant("un autre est attendu", given(false)),
            variant("le dernier", given(true)),
            one(Letter::DossierAssigned { about: about(), by: NADIA.into(), word: "Le client attend une réponse avant vendredi.".into() }),
            one(DecisionLetter::DecisionToSign { about: about(), prepared_by: NADIA.into() }.into()),
            variant("renvoyée avant signature", returned(Returning::SentBack, HELENE)),
            variant("annulée avant son départ", returned(Returning::TakenBack, HELENE)),
            variant("retenue par le guichet", returned(Returning::HeldBack, "")),
            variant("sans objet", returned(Returning::Fell, "")),
            one(DecisionLetter::ApplicationReopened {
                about: about(),
                message: "Le règlement que vous citez existe.".into(),
                arrival_rank: None,
                author: self.author(),
            }
            .into()),
        ]
    }

    fn in_days(&self, days: i32) -> String {
        calendar::date_in_full(calendar::days_after(calendar::paris_date(self.now), days))
    }
}
