//! Where the clock stands, in words: for the team, and for the applicant.

use jiff::civil::Date;

use crate::{applications::LegalClock, calendar, config::SilenceEffect};

/// What is said of the clock, and how loud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockWords {
    /// « Échéance légale le 14 décembre 2026, dans 11 jours. »
    pub what: String,
    /// What it means.
    pub meaning: String,
    /// Less than a week is left, or silence has decided.
    pub is_pressing: bool,
}

/// Days before the date from which it presses.
const PRESSING: i32 = 7;

fn effect_in_words(effect: SilenceEffect) -> &'static str {
    match effect {
        SilenceEffect::Acceptance => "acceptation",
        SilenceEffect::Rejection => "rejet",
    }
}

/// « dans 11 jours ».
fn in_how_long(on: Date, today: Date) -> String {
    match calendar::whole_days(today, on) {
        ..=-1 => "passée".into(),
        0 => "aujourd’hui".into(),
        1 => "demain".into(),
        days => format!("dans {days}\u{a0}jours"),
    }
}

/// What the team reads above its acts, of a demande or of a change of what it granted; nothing where silence means nothing or somebody spoke.
pub fn told_to_team(clock: LegalClock, is_change: bool, today: Date) -> Option<ClockWords> {
    let full = calendar::date_in_full;
    let words = |what: String, meaning: String, is_pressing: bool| Some(ClockWords { what, meaning, is_pressing });
    match clock {
        LegalClock::None | LegalClock::Ended => None,
        LegalClock::Running { effect, decides_on } => words(
            format!("Échéance légale le {}, {}.", full(decides_on), in_how_long(decides_on, today)),
            format!("Le silence vaudrait {}.", effect_in_words(effect)),
            calendar::whole_days(today, decides_on) <= PRESSING,
        ),
        LegalClock::Suspended { effect: SilenceEffect::Rejection, since, limit_on, .. } => words(
            format!("Délai légal suspendu depuis le {}.", full(since)),
            format!(
                "Les pièces manquantes sont attendues jusqu’au {} inclus. Le délai reprendra quand elles arriveront, ou après cette date. Le silence vaudrait rejet.",
                full(limit_on)
            ),
            false,
        ),
        LegalClock::Suspended { since, limit_on, has_lapsed, .. } => words(
            "Le délai légal ne court pas.".into(),
            format!(
                "Les pièces manquantes demandées le {} {} jusqu’au {} inclus. Les deux mois courront quand elles seront toutes arrivées. Le silence vaudrait acceptation.",
                full(since),
                if has_lapsed { "étaient attendues" } else { "sont attendues" },
                full(limit_on)
            ),
            false,
        ),
        LegalClock::DecidedBySilence { effect, on } if is_change => Some(change_told_to_team(effect, on)),
        LegalClock::DecidedBySilence { effect: SilenceEffect::Acceptance, on } => words(
            format!("Acceptée par l’effet du silence le {}.", full(on)),
            "L’habilitation n’est pas encore accordée\u{a0}: elle attend la signature d’une personne. La demande ne peut plus être refusée.".into(),
            true,
        ),
        LegalClock::DecidedBySilence { effect: SilenceEffect::Rejection, on } => words(
            format!("Rejetée par l’effet du silence le {}.", full(on)),
            "C’est une décision implicite\u{a0}: personne ne l’a prise.".into(),
            false,
        ),
    }
}

fn change_told_to_team(effect: SilenceEffect, on: Date) -> ClockWords {
    let on = calendar::date_in_full(on);
    match effect {
        SilenceEffect::Acceptance => ClockWords {
            what: format!("Modification acceptée par l’effet du silence le {on}."),
            meaning:
                "L’habilitation n’a pas changé\u{a0}: la modification attend la signature d’une personne et ne peut plus être refusée."
                    .into(),
            is_pressing: true,
        },
        SilenceEffect::Rejection => ClockWords {
            what: format!("Modification rejetée par l’effet du silence le {on}."),
            meaning: "C’est une décision implicite\u{a0}: personne ne l’a prise. Ce qui était accordé n’a pas changé.".into(),
            is_pressing: false,
        },
    }
}

fn change_told_to_applicant(effect: SilenceEffect, on: Date) -> ClockWords {
    let on = calendar::date_in_full(on);
    let (what, meaning) = match effect {
        SilenceEffect::Acceptance => (
            "Votre modification est réputée acceptée",
            format!(
                "Faute de réponse dans le délai, elle l’est depuis le {on} (décision implicite d’acceptation). L’habilitation n’a pas encore changé\u{a0}: la modification doit être signée par une personne, et une lettre vous préviendra."
            ),
        ),
        SilenceEffect::Rejection => (
            "Votre modification est réputée rejetée",
            format!(
                "Faute de réponse dans le délai, elle l’est depuis le {on} (décision implicite de rejet). Personne n’a pris cette décision\u{a0}: elle naît du silence. Ce qui était accordé n’a pas changé."
            ),
        ),
    };
    ClockWords { what: what.into(), meaning, is_pressing: false }
}

/// What the applicant reads on their demande, or on a change of what it granted.
pub fn told_to_applicant(clock: LegalClock, is_change: bool) -> Option<ClockWords> {
    let full = calendar::date_in_full;
    let words = |what: &str, meaning: String| Some(ClockWords { what: what.into(), meaning, is_pressing: false });
    match clock {
        LegalClock::None | LegalClock::Ended => None,
        LegalClock::Running { effect: SilenceEffect::Rejection, decides_on } => words(
            "Si vous ne recevez pas de réponse",
            format!(
                "Sans réponse de notre part, la demande sera réputée rejetée le {}. Vous pourrez alors nous en demander les raisons.",
                full(decides_on)
            ),
        ),
        LegalClock::Running { effect: SilenceEffect::Acceptance, decides_on } => words(
            "Si vous ne recevez pas de réponse",
            format!(
                "Sans réponse de notre part, la demande sera réputée acceptée le {}. Vous pourrez alors nous en demander une attestation.",
                full(decides_on)
            ),
        ),
        LegalClock::Suspended { effect: SilenceEffect::Rejection, limit_on, .. } => words(
            "Le délai de réponse est suspendu",
            format!(
                "Nous attendons ce qui manque jusqu’au {} inclus. Le délai reprendra le jour où vous l’enverrez, ou après cette date.",
                full(limit_on)
            ),
        ),
        LegalClock::Suspended { limit_on, has_lapsed: false, .. } => words(
            "Le délai de réponse ne court pas encore",
            format!(
                "Nous attendons ce qui manque jusqu’au {} inclus. Les deux mois au terme desquels le silence vaut acceptation commenceront le jour où vous l’enverrez.",
                full(limit_on)
            ),
        ),
        LegalClock::Suspended { limit_on, .. } => words(
            "Le délai de réponse ne court pas encore",
            format!(
                "Ce qui manque était attendu jusqu’au {}. Vous pouvez encore l’envoyer\u{a0}: les deux mois au terme desquels le silence vaut acceptation commenceront ce jour-là.",
                full(limit_on)
            ),
        ),
        LegalClock::DecidedBySilence { effect, on } if is_change => Some(change_told_to_applicant(effect, on)),
        LegalClock::DecidedBySilence { effect: SilenceEffect::Acceptance, on } => words(
            "Votre demande est réputée acceptée",
            format!(
                "Faute de réponse dans le délai, elle l’est depuis le {} (décision implicite d’acceptation). Le bouton n’est pas encore ouvert\u{a0}: l’habilitation doit être signée par une personne, et une lettre vous préviendra.",
                full(on)
            ),
        ),
        LegalClock::DecidedBySilence { effect: SilenceEffect::Rejection, on } => words(
            "Votre demande est réputée rejetée",
            format!(
                "Faute de réponse dans le délai, elle l’est depuis le {} (décision implicite de rejet). Personne n’a pris cette décision\u{a0}: elle naît du silence.",
                full(on)
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 12, 3);

    fn plain(words: Option<ClockWords>) -> String {
        words.map(|words| format!("{} {}", words.what, words.meaning).replace('\u{a0}', " ")).unwrap_or_default()
    }

    #[test]
    fn the_team_reads_the_date_the_days_left_and_what_silence_would_mean() {
        let running = |decides_on| LegalClock::Running { effect: SilenceEffect::Rejection, decides_on };
        let said = plain(told_to_team(running(date(2026, 12, 14)), false, TODAY));
        assert_eq!(said, "Échéance légale le 14 décembre 2026, dans 11 jours. Le silence vaudrait rejet.");
        for (on, words, is_pressing) in [
            (date(2026, 12, 11), "dans 8 jours", false),
            (date(2026, 12, 10), "dans 7 jours", true),
            (date(2026, 12, 4), "demain", true),
            (date(2026, 12, 3), "aujourd’hui", true),
        ] {
            let told = told_to_team(running(on), false, TODAY).expect("a clock runs");
            assert!(told.what.replace('\u{a0}', " ").contains(words), "{}", told.what);
            assert_eq!(told.is_pressing, is_pressing, "{on}");
        }
    }

    #[test]
    fn a_stopped_clock_says_since_when_and_until_when_and_one_that_does_not_run_says_why() {
        let stopped =
            |effect, has_lapsed| LegalClock::Suspended { effect, since: date(2026, 12, 3), limit_on: date(2026, 12, 24), has_lapsed };
        let said = plain(told_to_team(stopped(SilenceEffect::Rejection, false), false, TODAY));
        assert!(
            said.starts_with("Délai légal suspendu depuis le 3 décembre 2026.") && said.contains("jusqu’au 24 décembre 2026 inclus"),
            "{said}"
        );
        let said = plain(told_to_team(stopped(SilenceEffect::Acceptance, true), false, TODAY));
        assert!(said.contains("étaient attendues") && said.contains("vaudrait acceptation"), "{said}");
        let said = plain(told_to_applicant(stopped(SilenceEffect::Acceptance, true), false));
        assert!(said.contains("Vous pouvez encore l’envoyer"), "{said}");
    }

    #[test]
    fn an_acceptance_by_silence_never_says_that_the_right_was_granted() {
        let accepted = LegalClock::DecidedBySilence { effect: SilenceEffect::Acceptance, on: TODAY };
        assert!(plain(told_to_team(accepted, false, TODAY)).contains("attend la signature d’une personne"));
        assert!(plain(told_to_applicant(accepted, false)).contains("doit être signée par une personne"));
    }

    #[test]
    fn silence_on_a_change_never_says_that_the_right_changed() {
        for (effect, team, applicant) in [
            (SilenceEffect::Acceptance, "L’habilitation n’a pas changé", "L’habilitation n’a pas encore changé"),
            (SilenceEffect::Rejection, "Ce qui était accordé n’a pas changé", "Ce qui était accordé n’a pas changé"),
        ] {
            let clock = LegalClock::DecidedBySilence { effect, on: TODAY };
            assert!(plain(told_to_team(clock, true, TODAY)).contains(team));
            assert!(plain(told_to_applicant(clock, true)).contains(applicant));
        }
    }

    #[test]
    fn nothing_is_said_where_silence_means_nothing() {
        for clock in [LegalClock::None, LegalClock::Ended] {
            assert_eq!((told_to_team(clock, false, TODAY), told_to_applicant(clock, false)), (None, None));
        }
    }
}
