//! What letters about the clock say, passage by passage.

use jiff::civil::Date;

use super::silence::SilenceDecision;
use crate::{
    calendar::{self, date_in_full as full},
    config::SilenceEffect,
    notifications::Passage,
};

/// Days before silence decides when the team is warned, the nearest first.
const ALARMS: [i32; 4] = [1, 7, 15, 30];

/// The first of them.
pub(super) const FIRST_ALARM: i32 = 30;

/// The alarm due when that many days are left: late, the nearest one.
pub(super) fn alarm(days_left: i32) -> Option<i32> {
    ALARMS.into_iter().find(|threshold| days_left <= *threshold)
}

/// To the team: silence will soon decide.
pub(in crate::review) fn of_alarm(effect: SilenceEffect, on: Date, today: Date) -> Passage {
    let when = match calendar::whole_days(today, on) {
        ..=0 => "aujourd’hui".to_owned(),
        1 => "demain".to_owned(),
        days => format!("dans {days}\u{a0}jours"),
    };
    let meaning = match effect {
        SilenceEffect::Acceptance => "Sans décision d’ici là, la demande sera réputée acceptée et ne pourra plus être refusée.",
        SilenceEffect::Rejection => "Sans décision d’ici là, la demande sera réputée rejetée sans que personne l’ait décidé.",
    };
    Passage::new(format!("Le silence décidera {when}, le {}", calendar::date_in_full(on)), [meaning.to_owned()])
}

/// To the applicant: what was asked is awaited, before a limit if items are missing. The clock of a private body's demande runs meanwhile.
pub(in crate::review) fn of_reminder(limit_on: Option<Date>, has_clock: bool) -> Passage {
    let said = if let Some(limit) = limit_on {
        format!(
            "Votre demande est incomplète\u{a0}: nous attendons ce qui manque jusqu’au {} inclus. Passé cette date, elle peut être refusée pour ce motif.",
            calendar::date_in_full(limit)
        )
    } else {
        let clock = if has_clock { " Le délai légal, lui, continue de courir." } else { "" };
        format!("Nous vous avons demandé de compléter ou de modifier votre demande, et nous n’avons pas encore reçu votre réponse.{clock}")
    };
    Passage::new(
        "C’est à vous de répondre",
        [said, "Tout ce que vous avez saisi est gardé. Complétez la demande, puis déposez-la de nouveau.".into()],
    )
}

/// The time limit for missing items has passed: what that does to the clock.
pub(in crate::review) fn of_limit_passed(
    limit_on: Date,
    silence: Option<SilenceEffect>,
    decides_on: Option<Date>,
    is_for_team: bool,
) -> Passage {
    let clock = match (silence, decides_on) {
        (Some(SilenceEffect::Rejection), Some(on)) => {
            format!(
                "Le délai légal, suspendu jusque-là, reprend\u{a0}: sans décision, la demande sera réputée rejetée le {}.",
                calendar::date_in_full(on)
            )
        }
        (Some(SilenceEffect::Acceptance), _) => {
            "Le délai légal ne court toujours pas\u{a0}: les deux mois commenceront le jour où tout ce qui manque sera arrivé.".into()
        }
        _ => "Aucun délai légal n’en dépend.".into(),
    };
    let now = if is_for_team {
        "Rien n’est perdu\u{a0}: le demandeur peut encore répondre."
    } else {
        "Rien n’est perdu\u{a0}: tout ce que vous avez saisi est gardé, et vous pouvez encore compléter la demande et la déposer. Elle peut cependant être refusée comme incomplète."
    };
    let passed = format!("Ce qui manque était attendu jusqu’au {}.", calendar::date_in_full(limit_on));
    Passage::new("Le délai est passé", [passed, clock, now.to_owned()])
}

/// What silence decided, with the words of the law. On a change of what was granted, the right stays as it is.
pub(in crate::review) fn of_silence(decision: SilenceDecision, is_for_team: bool) -> Passage {
    let is_change = decision.is_change;
    match (decision.effect, is_for_team) {
        (SilenceEffect::Acceptance, false) => accepted(decision.on, is_change),
        (SilenceEffect::Rejection, false) => rejected(decision.on, is_change),
        (SilenceEffect::Acceptance, true) => Passage::new(
            "Le silence a valu acceptation",
            [
                format!("La décision implicite d’acceptation est née le {}. La demande ne peut plus être refusée ni complétée.", full(decision.on)),
                if is_change {
                    "L’habilitation n’a pas changé\u{a0}: la modification attend la signature d’une personne.".into()
                } else {
                    "Aucune habilitation n’est partie\u{a0}: elle attend la signature d’une personne.".into()
                },
            ],
        ),
        (SilenceEffect::Rejection, true) => Passage::new(
            "Le silence a valu rejet",
            [
                if is_change {
                    format!("La décision implicite de rejet de la modification est née le {}. L’habilitation n’a pas changé.", full(decision.on))
                } else {
                    format!("La décision implicite de rejet est née le {}. La demande est close.", full(decision.on))
                },
                "Le demandeur peut en demander les motifs dans le délai de recours\u{a0}: ils lui sont dus dans le mois (article L.\u{a0}232-4).".into(),
            ],
        ),
    }
}

fn accepted(on: Date, is_change: bool) -> Passage {
    let what = if is_change { "votre demande de modification" } else { "votre demande" };
    Passage::new(
        "Ce qui est décidé",
        [
            format!("Le silence gardé par l’administration pendant deux mois sur {what} vaut décision d’acceptation (code des relations entre le public et l’administration, article L.\u{a0}231-1). Cette décision implicite est née le {}.", full(on)),
            if is_change {
                "L’habilitation n’a pas encore changé\u{a0}: une personne doit signer la modification. Une lettre vous préviendra, vous n’avez rien à faire.".into()
            } else {
                "Le bouton FranceConnect n’est pas encore ouvert\u{a0}: une personne doit signer l’habilitation. Une lettre vous préviendra, vous n’avez rien à faire.".into()
            },
            "Vous pouvez dès maintenant obtenir, sur la page de la demande, une attestation de cette décision (même code, article L.\u{a0}232-3).".into(),
        ],
    )
}

fn rejected(on: Date, is_change: bool) -> Passage {
    let what = if is_change { "votre demande de modification" } else { "votre demande" };
    Passage::new(
        "Ce qui est décidé",
        [
            format!("Le silence gardé par l’administration pendant deux mois sur {what} vaut décision de rejet (code des relations entre le public et l’administration, article L.\u{a0}231-4). Cette décision implicite est née le {}.", full(on)),
            "Personne n’a pris cette décision. Dans le délai de recours, vous pouvez en demander les motifs sur la page de la demande\u{a0}: ils vous sont communiqués dans le mois (même code, article L.\u{a0}232-4).".into(),
            if is_change {
                "Ce qui vous a été accordé n’a pas changé. Vous pouvez demander de nouveau à le modifier.".into()
            } else {
                "Vous pouvez aussi reprendre la demande\u{a0}: un nouveau brouillon reçoit tout son contenu.".into()
            },
        ],
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_alarm_is_the_nearest_one_reached() {
        for (days_left, expected) in
            [(31, None), (30, Some(30)), (16, Some(30)), (15, Some(15)), (7, Some(7)), (2, Some(7)), (1, Some(1)), (0, Some(1))]
        {
            assert_eq!(alarm(days_left), expected, "{days_left}");
        }
    }

    #[test]
    fn an_implicit_decision_is_told_with_its_article_and_its_date() {
        let on = date(2027, 2, 3);
        for (effect, article, words) in [
            (SilenceEffect::Acceptance, "L.\u{a0}231-1", "vaut décision d’acceptation"),
            (SilenceEffect::Rejection, "L.\u{a0}231-4", "vaut décision de rejet"),
        ] {
            for is_change in [false, true] {
                let said = of_silence(SilenceDecision { version: 1, is_change, effect, on }, false).says.concat();
                assert!(said.contains(article) && said.contains(words) && said.contains("3\u{a0}février\u{a0}2027"), "{said}");
                assert_eq!(said.contains("modification"), is_change, "{said}");
            }
        }
    }

    #[test]
    fn a_passed_limit_says_what_the_clock_does_then() {
        let limit = date(2026, 12, 24);
        let rejection = of_limit_passed(limit, Some(SilenceEffect::Rejection), Some(date(2027, 2, 24)), false).says.concat();
        assert!(rejection.contains("reprend") && rejection.contains("24\u{a0}février\u{a0}2027"), "{rejection}");
        let acceptance = of_limit_passed(limit, Some(SilenceEffect::Acceptance), None, true).says.concat();
        assert!(acceptance.contains("ne court toujours pas"), "{acceptance}");
        assert!(of_limit_passed(limit, None, None, false).says.concat().contains("Aucun délai légal"));
    }
}
