//! What must be true before a decision is signed, each told with its fact.

use super::{decision::Outcome, prepared::Prepared};
use crate::{
    accounts::{Person, Role},
    applications::Kind,
    experimentation::Standing,
    review::opinions::{Asked, Missing, Opinion, missing},
};

/// What the conditions are read from.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The kind of the demande.
    pub kind: Kind,
    /// What was prepared.
    pub prepared: &'a Prepared,
    /// Who would sign.
    pub reader: &'a Person,
    /// The opinions asked, on any version.
    pub asked: &'a [Asked],
    /// Those given, on any version.
    pub given: &'a [Opinion],
    /// Where a candidature stands in its line.
    pub standing: Option<&'a Standing>,
}

/// A condition of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Whether it is met.
    pub is_met: bool,
    /// What must be true.
    pub title: &'static str,
    /// What is, and when it is not met what to do.
    pub fact: String,
}

/// Every condition of a decision, in the order they are read. A candidature needs two opinions, by two people, and a signatory who did not
/// prepare the decision; a refusal needs its ground and its considerations of law and of fact (CRPA L211-5).
pub fn conditions(facts: &Facts<'_>) -> Vec<Condition> {
    let Facts { kind, prepared, reader, .. } = facts;
    let mut all = Vec::new();
    if *kind == Kind::Experiment {
        all.push(opinions(facts));
    }
    if let Some(standing) = facts.standing.filter(|_| prepared.outcome == Outcome::Approved) {
        let fact = standing.why_not_granted().unwrap_or_else(|| standing.sentence());
        all.push(Condition { is_met: standing.has_a_place(), title: "Une place est réservée à cette candidature", fact });
    }
    if let Some(ground) = prepared.ground {
        let (law, fact) = (prepared.in_law.chars().count(), prepared.message.chars().count());
        all.push(Condition { is_met: true, title: "Motif choisi dans la liste", fact: ground.label() });
        all.push(Condition {
            is_met: law > 0 && fact > 0,
            title: "Motivation en droit et en fait",
            fact: format!("{law} et {fact} caractères"),
        });
    }
    if *kind == Kind::Experiment {
        let is_other = reader.account != prepared.prepared_by;
        all.push(Condition {
            is_met: is_other,
            title: "Vous n’avez pas préparé ce projet",
            fact: if is_other { format!("Préparé par {}", prepared.preparer) } else { "Une autre personne doit le signer.".into() },
        });
        let is_signatory = reader.is(Role::Signatory);
        all.push(Condition {
            is_met: is_signatory,
            title: "Vous êtes signataire",
            fact: if is_signatory { reader.job_title.clone() } else { "Seule une personne qui a ce rôle signe une candidature.".into() },
        });
    }
    if let Some(returned) = prepared.returned.as_ref().filter(|returned| returned.needs_rework) {
        all.push(Condition { is_met: false, title: "Le projet a été repris", fact: returned.sentence() });
    }
    all
}

fn opinions(facts: &Facts<'_>) -> Condition {
    let (kind, version) = (facts.kind, facts.prepared.version);
    let missing = missing(kind, version, facts.asked, facts.given);
    let fact = if missing.is_empty() {
        let current = facts.given.iter().filter(|opinion| opinion.version == version);
        let said = current.map(|opinion| format!("{}\u{a0}: {}.", opinion.service.label(), opinion.view.label().to_lowercase()));
        said.collect::<Vec<_>>().join(" ")
    } else {
        missing.iter().map(|missing| Missing::sentence(*missing)).collect::<Vec<_>>().join(" ")
    };
    Condition { is_met: missing.is_empty(), title: "Deux avis, de deux personnes", fact }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;
    use time::macros::datetime;

    use super::{
        super::{ground::Ground, prepared::Returned},
        *,
    };
    use crate::{
        accounts::EmailAddress,
        ids::{AccountId, ApplicationId},
        review::opinions::{Service, examples::opinion},
    };

    fn prepared(by: i64) -> Prepared {
        Prepared {
            application: ApplicationId(1),
            version: 1,
            outcome: Outcome::Refused,
            ground: Some(Ground::ServiceOutOfScope),
            in_law: "l’arrêté.".into(),
            message: "un fait.".into(),
            prepared_by: AccountId(by),
            preparer: "Nadia Ferrand".into(),
            prepared_at: datetime!(2026-12-03 09:00 UTC),
            revision: 1,
            signature: None,
            returned: None,
        }
    }

    fn reader(account: i64, role: Role) -> Person {
        Person {
            account: AccountId(account),
            email: EmailAddress::parse("helene@dinum.test").expect("an address"),
            given_name: "Hélène".into(),
            family_name: "Marchand".into(),
            job_title: "Cheffe du service".into(),
            phone: String::new(),
            roles: vec![role],
        }
    }

    fn all_met(kind: Kind, prepared: &Prepared, reader: &Person, opinions: &[Opinion]) -> bool {
        conditions(&Facts { kind, prepared, reader, asked: &[], given: opinions, standing: None }).iter().all(|condition| condition.is_met)
    }

    #[test]
    fn whoever_prepared_may_sign_but_a_candidature() {
        let (prepared, two) = (prepared(1), [opinion(1, Service::Legal, 5), opinion(1, Service::FranceConnect, 6)]);
        for kind in Kind::VARIANTS {
            let is_candidature = *kind == Kind::Experiment;
            for role in [Role::Reviewer, Role::Signatory] {
                assert_eq!(all_met(*kind, &prepared, &reader(1, role), &two), !is_candidature, "{kind} {role}");
                assert_eq!(all_met(*kind, &prepared, &reader(2, role), &two), !is_candidature || role == Role::Signatory, "{kind} {role}");
            }
        }
    }

    #[test]
    fn a_candidature_waits_for_two_opinions_of_two_people() {
        let (prepared, signatory) = (prepared(1), reader(2, Role::Signatory));
        for (given, enough) in [
            (vec![], false),
            (vec![opinion(1, Service::Legal, 5)], false),
            (vec![opinion(1, Service::FranceConnect, 5)], false),
            (vec![opinion(1, Service::Legal, 5), opinion(1, Service::FranceConnect, 5)], false),
            (vec![opinion(1, Service::Legal, 5), opinion(1, Service::FranceConnect, 6)], true),
        ] {
            assert_eq!(all_met(Kind::Experiment, &prepared, &signatory, &given), enough, "{given:?}");
            assert!(all_met(Kind::Administration, &prepared, &signatory, &given), "an administration waits for none");
        }
    }

    #[test]
    fn what_was_sent_back_is_written_again_first() {
        let mut prepared = prepared(1);
        let because = "Citez l’article.".to_owned();
        for needs_rework in [true, false] {
            prepared.returned = Some(Returned {
                by: Some("Hélène Marchand".into()),
                because: because.clone(),
                at: datetime!(2026-12-03 09:30 UTC),
                needs_rework,
            });
            assert_eq!(all_met(Kind::Administration, &prepared, &reader(1, Role::Reviewer), &[]), !needs_rework);
        }
    }

    #[test]
    fn a_refusal_without_its_facts_is_not_signed() {
        let mut prepared = prepared(1);
        prepared.message = String::new();
        assert!(!all_met(Kind::Administration, &prepared, &reader(1, Role::Reviewer), &[]));
    }
}
