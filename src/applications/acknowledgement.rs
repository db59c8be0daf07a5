//! The acknowledgement of a demande, in words: the letter, the page of the receipt and its PDF all say these.

use jiff::civil::Date;
use time::OffsetDateTime;

use super::{
    application::{Application, Kind},
    version::Version,
};
use crate::{
    calendar,
    config::{DeskFacts, SilenceEffect},
    experimentation::Campaign,
    notifications::{Appeal, Passage},
    problem::Problem,
};

/// What an acknowledgement tells. For private bodies, exactly what CRPA R112-11-1 asks for; for administrations, whom that article does not
/// protect, the same service and no legal effect.
#[derive(Clone, Copy, Debug)]
pub struct Acknowledgement<'a> {
    /// When the demande was received.
    pub received_at: OffsetDateTime,
    /// What silence means; nothing for administrations.
    pub silence: Option<SilenceEffect>,
    /// The date on which silence becomes a decision, as the legal clock gives it at reception; nothing for administrations.
    pub decided_by_silence_on: Option<Date>,
    /// The rank of a candidature, once it has one.
    pub arrival_rank: Option<i32>,
    /// The service in charge.
    pub desk: &'a DeskFacts,
}

/// What silence means for a demande of that kind: a setting of the desk for the permanent cases, of the campaign for a candidature.
///
/// # Errors
/// [`Problem::NotPossible`] when nobody has set it: the acknowledgement owed by law could not be written, so the demande is not received.
pub fn silence_effect(kind: Kind, campaign: Option<&Campaign>, desk: &DeskFacts) -> Result<Option<SilenceEffect>, Problem> {
    let set = match kind {
        Kind::Administration => return Ok(None),
        Kind::PrivateAddressChange => desk.desk_silence_effect_address_change,
        Kind::PrivateIdentityCheck => desk.desk_silence_effect_identity_check,
        Kind::Experiment => campaign.and_then(|campaign| campaign.silence_effect),
    };
    set.map(Some).ok_or_else(|| {
        Problem::not_possible(format!(
            "Le guichet ne peut pas encore recevoir les demandes de ce type : l’effet d’une absence de réponse n’y est pas réglé, et l’accusé de réception doit le dire. Rien n’a été déposé, votre brouillon est intact. Écrivez à {} pour savoir quand revenir.",
            desk.desk_email
        ))
    })
}

impl<'a> Acknowledgement<'a> {
    /// Of a version, as its letter told it; the clock gives the date on which silence decides.
    pub fn of(application: &Application, version: &Version, decided_by_silence_on: Option<Date>, desk: &'a DeskFacts) -> Self {
        Self {
            received_at: version.submitted_at,
            silence: version.silence_effect,
            decided_by_silence_on,
            arrival_rank: application.arrival_rank,
            desk,
        }
    }

    /// The date before which an administration may expect an answer.
    pub fn answer_expected_on(&self) -> Option<Date> {
        let received_on = calendar::paris_date(self.received_at);
        self.silence.is_none().then(|| calendar::working_days_after(received_on, self.desk.desk_target_working_days))
    }

    /// What it says, in order.
    pub fn passages(&self) -> Vec<Passage> {
        let mut passages =
            vec![Passage::new("Date de réception", [format!("La demande a été reçue le {}.", calendar::moment(self.received_at))])];
        if let Some(rank) = self.arrival_rank {
            passages.push(Passage::new(
                "Rang d’arrivée",
                [format!("Cette candidature est la {} arrivée complète. Ce rang est donné une fois pour toutes\u{a0}: les précisions que le service pourrait demander ne le changent pas.", ordinal(rank))],
            ));
        }
        passages.push(self.service());
        match (self.silence, self.decided_by_silence_on, self.answer_expected_on()) {
            (Some(effect), Some(on), _) => passages.extend(self.silence_of(effect, on)),
            (None, _, Some(on)) => passages.push(Passage::new(
                "Réponse attendue",
                [format!(
                    "Nous visons une réponse avant le {}, soit {} jours ouvrés. C’est un objectif, sans effet juridique\u{a0}: s’il est dépassé, la demande reste en instruction.",
                    calendar::date_in_full(on),
                    self.desk.desk_target_working_days
                )],
            )),
            _ => {}
        }
        passages
    }

    fn service(&self) -> Passage {
        let DeskFacts { desk_service, desk_address, desk_email, desk_phone, .. } = self.desk;
        let mut says = vec![format!("{desk_service}, {desk_address}."), format!("Courriel\u{a0}: {desk_email}")];
        if !desk_phone.is_empty() {
            says.push(format!("Téléphone\u{a0}: {desk_phone}"));
        }
        Passage::new("Le service chargé de la demande", says)
    }

    fn silence_of(&self, effect: SilenceEffect, on: Date) -> Vec<Passage> {
        let on = calendar::date_in_full(on);
        match effect {
            SilenceEffect::Acceptance => vec![Passage::new(
                "Si vous ne recevez pas de réponse",
                [
                    format!("La demande est susceptible de donner lieu à une décision implicite d’acceptation. À défaut d’une décision expresse, et sous réserve que la demande soit complète, elle sera réputée acceptée le {on}."),
                    "Vous pourrez alors demander au service une attestation de cette décision (code des relations entre le public et l’administration, article L.\u{a0}232-3).".into(),
                    "Si la demande est incomplète, le service vous dit ce qui manque et avant quand l’envoyer\u{a0}; les deux mois ne courent qu’à partir de la réception de ce qui manquait (même code, article L.\u{a0}114-5).".into(),
                ],
            )],
            SilenceEffect::Rejection => vec![
                Passage::new(
                    "Si vous ne recevez pas de réponse",
                    [
                        format!("La demande est susceptible de donner lieu à une décision implicite de rejet. À défaut d’une décision expresse, et sous réserve que la demande soit complète, elle sera réputée rejetée le {on}."),
                        "Si la demande est incomplète, le service vous dit ce qui manque et avant quand l’envoyer\u{a0}; le délai est suspendu jusque-là, ou jusqu’à la réception de ce qui manquait si elle vient plus tôt (code des relations entre le public et l’administration, article L.\u{a0}114-5).".into(),
                    ],
                ),
                self.remedies(&on),
            ],
        }
    }

    /// The periods and ways of appeal against a decision of rejection (CRPA R112-11-1, L232-4).
    fn remedies(&self, on: &str) -> Passage {
        let since = format!(
            "du {on} si la demande est rejetée par l’effet du silence, ou du jour où vous recevez la décision si elle est expresse"
        );
        let Appeal { opening, to_the_service, to_the_court, on_line, afterwards } = Appeal::of(self.desk, &since);
        Passage::new(
            "Si vous contestez un rejet",
            [
                opening,
                to_the_service,
                format!("{to_the_court} {on_line}"),
                afterwards,
                "Dans le délai de recours, vous pouvez demander les motifs d’un rejet né du silence\u{a0}: ils vous sont communiqués dans le mois, et les deux mois pour saisir le tribunal courent alors à partir de leur communication (code des relations entre le public et l’administration, article L.\u{a0}232-4).".into(),
            ],
        )
    }
}

fn ordinal(rank: i32) -> String {
    if rank == 1 { "1re".into() } else { format!("{rank}e") }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::config::Config;

    fn desk() -> DeskFacts {
        DeskFacts { desk_phone: "01 71 21 01 70".into(), ..Config::defaults().desk }
    }

    fn said(silence: Option<SilenceEffect>, arrival_rank: Option<i32>, received_at: OffsetDateTime) -> String {
        let desk = desk();
        let decided_by_silence_on = silence.map(|_| calendar::months_after(calendar::paris_date(received_at), 2));
        let passages = Acknowledgement { received_at, silence, decided_by_silence_on, arrival_rank, desk: &desk }.passages();
        let written: Vec<String> = passages.iter().map(|passage| format!("{}\n{}\n", passage.title, passage.says.join("\n"))).collect();
        written.concat()
    }

    const RECEIVED: OffsetDateTime = datetime!(2026-12-03 09:00 UTC);

    /// CRPA R112-11-1, point by point.
    #[test]
    fn a_private_body_is_told_what_the_code_asks_for() {
        for (effect, decision, deemed) in [
            (SilenceEffect::Acceptance, "décision implicite d’acceptation", "réputée acceptée le 3\u{a0}février\u{a0}2027"),
            (SilenceEffect::Rejection, "décision implicite de rejet", "réputée rejetée le 3\u{a0}février\u{a0}2027"),
        ] {
            let said = said(Some(effect), None, RECEIVED);
            for part in [
                "3\u{a0}décembre\u{a0}2026",
                "équipe FranceConnect",
                "20 avenue de Ségur",
                "support.partenaires@",
                "01 71 21 01 70",
                decision,
                deemed,
                "sous réserve que la demande soit complète",
            ] {
                assert!(said.contains(part), "{part}: {said}");
            }
            assert_eq!(said.contains("L.\u{a0}232-3"), effect == SilenceEffect::Acceptance);
            assert_eq!(said.contains("tribunal administratif de Paris"), effect == SilenceEffect::Rejection);
            assert!(!said.contains("objectif"));
        }
    }

    #[test]
    fn an_administration_is_told_an_objective_without_legal_effect() {
        let said = said(None, None, RECEIVED);
        assert!(said.contains("avant le 17\u{a0}décembre\u{a0}2026") && said.contains("sans effet juridique"), "{said}");
        assert!(!said.contains("implicite") && !said.contains("Rang"));
    }

    #[test]
    fn two_months_end_on_the_same_day_of_the_month_or_on_its_last() {
        for (received, on) in [
            (datetime!(2026-12-03 09:00 UTC), "3\u{a0}février\u{a0}2027"),
            // already the next day in Paris
            (datetime!(2026-12-03 23:30 UTC), "4\u{a0}février\u{a0}2027"),
            (datetime!(2026-12-31 09:00 UTC), "28\u{a0}février\u{a0}2027"),
        ] {
            assert!(said(Some(SilenceEffect::Acceptance), None, received).contains(&format!("réputée acceptée le {on}")), "{received}");
        }
    }

    #[test]
    fn a_candidate_is_told_the_rank() {
        assert!(said(Some(SilenceEffect::Rejection), Some(1), RECEIVED).contains("la 1re arrivée complète"));
        assert!(said(Some(SilenceEffect::Rejection), Some(42), RECEIVED).contains("la 42e arrivée complète"));
    }

    #[test]
    fn what_silence_means_comes_from_the_settings_of_the_kind() {
        let desk = DeskFacts {
            desk_silence_effect_address_change: Some(SilenceEffect::Acceptance),
            desk_silence_effect_identity_check: Some(SilenceEffect::Rejection),
            ..desk()
        };
        assert_eq!(silence_effect(Kind::Administration, None, &desk).ok(), Some(None));
        assert_eq!(silence_effect(Kind::PrivateAddressChange, None, &desk).ok(), Some(Some(SilenceEffect::Acceptance)));
        assert_eq!(silence_effect(Kind::PrivateIdentityCheck, None, &desk).ok(), Some(Some(SilenceEffect::Rejection)));
        assert!(matches!(silence_effect(Kind::Experiment, None, &desk), Err(Problem::NotPossible { .. })));
    }
}
