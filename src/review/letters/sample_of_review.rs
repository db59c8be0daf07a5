//! Examples of what the team's work makes leave: the right once granted, the legal clock, opinions and signatures.

use super::sample::{Facts, Sample, about, one, variant};
use crate::{
    calendar,
    config::SilenceEffect,
    experimentation::news as places,
    ids::AuthorizationId,
    notifications::{AboutApplication, ClockNews, DecisionLetter, DigestLine, Letter, LineNews, Passage, Returning, RightNews, TeamLetter},
    review::{
        clock::{SilenceDecision, news},
        closing::{self, Unanswered, Warning},
        silence,
    },
};

const NADIA: &str = "Nadia Ferrand";
const HELENE: &str = "Hélène Marchand";

impl Facts<'_> {
    pub(super) fn of_team(&self) -> Vec<Sample> {
        let line = |says: &str| DigestLine { says: says.into(), application: Some(about().application) };
        let lines = vec![line("Demande D1042 à instruire\u{a0}: Commune d’Exemple"), line("Vous avez reçu un message à propos de D1042")];
        let completed = AboutApplication { version: 2, ..about() };
        vec![
            variant("première version", Letter::ApplicationArrived { about: about() }),
            variant("version complétée", Letter::ApplicationArrived { about: completed }),
            one(TeamLetter::DailyDigest { day: calendar::day(self.now), lines }.into()),
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
            variant("à corriger", checked(false, &["Le bouton se voit sans chercher sur la page de connexion. Il est en bas de page."])),
        ]
    }

    pub(super) fn of_clocks(&self) -> Vec<Sample> {
        let today = calendar::paris_date(self.now);
        let soon = calendar::days_after(today, 7);
        let told = |news, passage: Passage, is_for_team| Letter::ClockNews { about: about(), news, says: vec![passage], is_for_team };
        let alarm = |effect| told(ClockNews::Alarm { decides_on: calendar::date_in_full(soon) }, news::of_alarm(effect, soon, today), true);
        let passed = |is_for_team| {
            let passage = news::of_limit_passed(today, Some(SilenceEffect::Rejection), Some(soon), is_for_team);
            told(ClockNews::LimitPassed, passage, is_for_team)
        };
        let decided = |effect, is_change, is_for_team| {
            let kind = match effect {
                SilenceEffect::Acceptance => ClockNews::AcceptedBySilence,
                SilenceEffect::Rejection => ClockNews::RejectedBySilence,
            };
            told(kind, news::of_silence(SilenceDecision { version: 1, is_change, effect, on: today }, is_for_team), is_for_team)
        };
        let author = self.author();
        let unanswered = Unanswered {
            asked_on: calendar::days_after(today, -45),
            items_until: Some(calendar::days_after(today, -17)),
            is_private: true,
            is_change: false,
            warning: None,
        };
        let warning = Warning { on: calendar::days_after(today, -16), limit_on: calendar::days_after(today, -1) };
        let (in_law, in_fact) = ("l’arrêté du 8 novembre 2018, article 4.", "aucun texte n’impose de vérifier l’identité des usagers.");
        let due_on = calendar::months_after(today, 1);
        vec![
            variant(
                "motifs demandés",
                told(ClockNews::ReasonsAsked { due_on: calendar::date_in_full(due_on) }, silence::of_request(due_on), true),
            ),
            variant("motifs communiqués", told(ClockNews::ReasonsGiven, silence::of_answer(in_law, in_fact, &author), false)),
            variant(
                "avertissement avant classement",
                told(
                    ClockNews::ClosingAnnounced { limit_on: calendar::date_in_full(soon) },
                    closing::of_warning(&unanswered, soon, &author),
                    false,
                ),
            ),
            variant("classement sans suite", told(ClockNews::Closed, closing::of_closing(&unanswered, warning, &author), false)),
            variant("alarme, le silence vaut acceptation", alarm(SilenceEffect::Acceptance)),
            variant("alarme, le silence vaut rejet", alarm(SilenceEffect::Rejection)),
            variant("rappel", told(ClockNews::Reminder, news::of_reminder(Some(soon)), false)),
            variant("délai passé, au demandeur", passed(false)),
            variant("délai passé, à l’équipe", passed(true)),
            variant("acceptation implicite, au demandeur", decided(SilenceEffect::Acceptance, false, false)),
            variant("acceptation implicite, à l’équipe", decided(SilenceEffect::Acceptance, false, true)),
            variant("rejet implicite, au demandeur", decided(SilenceEffect::Rejection, false, false)),
            variant("acceptation implicite d’une modification", decided(SilenceEffect::Acceptance, true, false)),
            variant("rejet implicite d’une modification", decided(SilenceEffect::Rejection, true, false)),
            variant("rejet implicite, à l’équipe", decided(SilenceEffect::Rejection, false, true)),
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
