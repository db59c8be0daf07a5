//! Where a demande stands, as a line of facts in words, the present one, and what is still to come.

use time::OffsetDateTime;

use crate::{
    applications::State,
    journal::{DecisionFact, DutyFact, Entry, Event},
};

/// Where a point of the line stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// It happened.
    Past(OffsetDateTime),
    /// It is so since then.
    Now(OffsetDateTime),
    /// It is still to come.
    Next,
}

/// A point of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// « Déposée ».
    pub title: String,
    /// By whom, or what it means; nothing when the title says all.
    pub note: String,
    /// When.
    pub moment: Moment,
}

/// The line of a demande: `entries` are its facts, oldest first; `is_own` when its applicant reads it.
pub fn timeline(entries: &[Entry], state: State, is_own: bool) -> Vec<Milestone> {
    let mut line: Vec<Milestone> = entries.iter().filter_map(of_entry).collect();
    let next = |title: &str| Milestone { title: title.into(), note: String::new(), moment: Moment::Next };
    match (state, entries.iter().rev().find(|entry| is_a_turn(&entry.event))) {
        (State::Submitted, Some(turn)) => {
            let note = "Par l’équipe FranceConnect".into();
            let (title, since, comes) = match accepted_since(entries, turn.at) {
                Some(silence) => ("En attente de signature", silence, "Habilitation"),
                None => ("En cours d’instruction", turn.at, "Décision"),
            };
            line.push(Milestone { title: title.into(), note, moment: Moment::Now(since) });
            line.push(next(comes));
        }
        (State::ChangesRequested, Some(turn)) => {
            // The demande may have changed hands since: what it is now stands after what happened.
            if let Some(present) = of_entry(turn) {
                line.retain(|milestone| *milestone != present);
                line.push(Milestone { moment: Moment::Now(turn.at), ..present });
            }
            line.push(next(if is_own { "Votre réponse" } else { "La réponse du demandeur" }));
            line.push(next("Décision"));
        }
        (State::Reopened, _) => {
            line.push(next(if is_own { "Votre dépôt" } else { "Le dépôt de la modification" }));
            line.push(next("Décision"));
        }
        _ => {}
    }
    line
}

/// When silence accepted what the team has held since that turn; nothing when it did not.
fn accepted_since(entries: &[Entry], turn: OffsetDateTime) -> Option<OffsetDateTime> {
    let accepts = |entry: &&Entry| matches!(&entry.event, Event::DecidedBySilence { effect, .. } if effect == "acceptance");
    entries.iter().rev().find(accepts).map(|entry| entry.at).filter(|at| *at >= turn)
}

/// Whether from then on somebody else has to answer.
fn is_a_turn(event: &Event) -> bool {
    matches!(
        event,
        Event::ApplicationSubmitted { .. } | Event::ChangesRequested { .. } | Event::OfDecision(DecisionFact::ApplicationReopened { .. })
    )
}

/// What people are told of a fact; saves and readings are nobody's milestones.
fn of_entry(entry: &Entry) -> Option<Milestone> {
    let (title, note) = match &entry.event {
        Event::ApplicationStarted => ("Commencée".to_owned(), entry.by.clone()),
        Event::ApplicationSubmitted { version: 1 } => ("Déposée".to_owned(), entry.by.clone()),
        Event::ApplicationSubmitted { version } => (format!("Version {version} déposée"), entry.by.clone()),
        Event::ChangesRequested { points, .. } => {
            let asked = match points.len() {
                0 => String::new(),
                1 => ", un point à revoir".to_owned(),
                count => format!(", {count} points à revoir"),
            };
            ("À compléter".to_owned(), format!("{}{asked}", entry.by))
        }
        Event::DecidedBySilence { effect, .. } => {
            let title = if effect == "acceptance" { "Réputée acceptée" } else { "Réputée rejetée" };
            (title.to_owned(), "Par l’effet du silence".to_owned())
        }
        Event::ApplicationApproved { .. } => ("Validée".to_owned(), entry.by.clone()),
        Event::ApplicationRefused { .. } => ("Refusée".to_owned(), entry.by.clone()),
        Event::OfDecision(DecisionFact::ApplicationReopened { .. }) => ("Rouverte".to_owned(), entry.by.clone()),
        Event::OfDuty(fact) => (of_duty(fact).to_owned(), entry.by.clone()),
        Event::AuthorizationGranted { authorization } => (format!("Habilitation {authorization} accordée"), String::new()),
        Event::ChangeStarted { .. } => ("Rouverte pour être modifiée".to_owned(), entry.by.clone()),
        Event::ChangeGivenUp { .. } => ("Modification abandonnée".to_owned(), entry.by.clone()),
        Event::ApplicationWithdrawn => ("Retirée".to_owned(), entry.by.clone()),
        Event::ApplicationHandedOver { from } => ("Transmise".to_owned(), format!("Par {from} à {}", entry.by)),
        Event::ApplicationTakenOver { from, .. } => ("Reprise".to_owned(), format!("Par {}, à la place de {from}", entry.by)),
        _ => return None,
    };
    Some(Milestone { title, note, moment: Moment::Past(entry.at) })
}

fn of_duty(fact: &DutyFact) -> &'static str {
    match fact {
        DutyFact::AcceptanceAttested { .. } => "Attestation délivrée",
        DutyFact::ReasonsAsked { .. } => "Motifs demandés",
        DutyFact::ReasonsGiven { .. } => "Motifs communiqués",
        DutyFact::ApplicantReminded { .. } => "Rappel envoyé",
        DutyFact::ClosingAnnounced { .. } => "Avertissement avant classement",
        DutyFact::ApplicationClosed { .. } => "Classée sans suite",
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn entry(day: u8, event: Event) -> Entry {
        let at = datetime!(2026-12-01 9:00 UTC).replace_day(day).expect("as written above");
        Entry { at, by: "Nadia Ferrand".into(), about: None, event }
    }

    fn titles(line: &[Milestone]) -> Vec<&str> {
        line.iter().map(|milestone| milestone.title.as_str()).collect()
    }

    #[test]
    fn the_line_tells_facts_then_the_present_then_what_comes() {
        let filed = [
            entry(1, Event::ApplicationStarted),
            entry(1, Event::StepSaved { step: "Le service".into() }),
            entry(2, Event::ApplicationSubmitted { version: 1 }),
        ];
        let line = timeline(&filed, State::Submitted, true);
        assert_eq!(titles(&line), ["Commencée", "Déposée", "En cours d’instruction", "Décision"]);
        assert_eq!(line[2].moment, Moment::Now(filed[2].at), "since it was handed in");
        assert_eq!(line[3].moment, Moment::Next);
    }

    #[test]
    fn a_request_is_the_present_until_it_is_answered() {
        let asked = Event::ChangesRequested { version: 1, message: "Précisez.".into(), points: vec![] };
        let mut facts = vec![entry(2, Event::ApplicationSubmitted { version: 1 }), entry(4, asked)];
        let line = timeline(&facts, State::ChangesRequested, true);
        assert_eq!(titles(&line), ["Déposée", "À compléter", "Votre réponse", "Décision"]);
        assert_eq!(line[1].moment, Moment::Now(facts[1].at));
        assert_eq!(titles(&timeline(&facts, State::ChangesRequested, false))[2], "La réponse du demandeur");
        facts.push(entry(6, Event::ApplicationSubmitted { version: 2 }));
        assert_eq!(titles(&timeline(&facts, State::Submitted, true))[..3], ["Déposée", "À compléter", "Version 2 déposée"]);
    }

    #[test]
    fn a_change_of_hands_is_a_fact_and_no_turn() {
        let asked = Event::ChangesRequested { version: 1, message: "Précisez.".into(), points: vec![] };
        let because = "Camille a quitté la mairie".to_owned();
        let mut facts = vec![
            entry(2, Event::ApplicationSubmitted { version: 1 }),
            entry(3, Event::ApplicationHandedOver { from: "Camille Rousseau".into() }),
        ];
        let line = timeline(&facts, State::Submitted, true);
        assert_eq!(titles(&line), ["Déposée", "Transmise", "En cours d’instruction", "Décision"]);
        assert_eq!((line[1].note.as_str(), line[1].moment), ("Par Camille Rousseau à Nadia Ferrand", Moment::Past(facts[1].at)));
        assert_eq!(line[2].moment, Moment::Now(facts[0].at), "since it was handed in");
        facts.push(entry(4, asked));
        facts.push(entry(5, Event::ApplicationTakenOver { from: "Leo Petit".into(), because: because.clone() }));
        let line = timeline(&facts, State::ChangesRequested, true);
        assert_eq!(titles(&line), ["Déposée", "Transmise", "Reprise", "À compléter", "Votre réponse", "Décision"]);
        assert_eq!(line[3].moment, Moment::Now(facts[2].at));
        assert_eq!(line[2].note, "Par Nadia Ferrand, à la place de Leo Petit", "why is between the organisation and the team");
        assert!(line.iter().all(|milestone| !milestone.note.contains(&because)));
    }

    #[test]
    fn what_the_team_prepares_is_not_told_and_a_reopening_is() {
        let mut facts = vec![
            entry(2, Event::ApplicationSubmitted { version: 1 }),
            entry(3, DecisionFact::DecisionPrepared { version: 1, outcome: "refused".into() }.into()),
            entry(3, DecisionFact::DecisionSigned { version: 1, outcome: "refused".into() }.into()),
            entry(4, DecisionFact::DecisionTakenBack { version: 1, because: "un secret".into() }.into()),
        ];
        assert_eq!(titles(&timeline(&facts, State::Submitted, true)), ["Déposée", "En cours d’instruction", "Décision"]);
        facts.push(entry(5, Event::ApplicationRefused { version: 1, ground: "incomplete".into() }));
        facts.push(entry(6, DecisionFact::ApplicationReopened { version: 1, because: "une erreur".into() }.into()));
        let line = timeline(&facts, State::Submitted, true);
        assert_eq!(titles(&line), ["Déposée", "Refusée", "Rouverte", "En cours d’instruction", "Décision"]);
        assert_eq!(line[3].moment, Moment::Now(facts[5].at), "since it was reopened");
    }

    #[test]
    fn what_silence_accepted_waits_for_a_signature() {
        let facts = [
            entry(2, Event::ApplicationSubmitted { version: 1 }),
            entry(9, Event::DecidedBySilence { effect: "acceptance".into(), decided_on: "2026-12-09".into() }),
        ];
        let line = timeline(&facts, State::Submitted, true);
        assert_eq!(titles(&line), ["Déposée", "Réputée acceptée", "En attente de signature", "Habilitation"]);
        assert_eq!(line[2].moment, Moment::Now(facts[1].at));
    }

    #[test]
    fn nothing_comes_after_the_end() {
        let facts = [
            entry(2, Event::ApplicationSubmitted { version: 1 }),
            entry(9, Event::ApplicationRefused { version: 1, ground: "incomplete".into() }),
        ];
        assert_eq!(titles(&timeline(&facts, State::Refused, true)), ["Déposée", "Refusée"]);
    }
}
