//! The rules of administrations, A1 to A5.

use super::{Known, shared};
use crate::{
    applications::{content::Content, legal_basis::LegalBasis},
    criteria::{Finding, Outcome, Rule, administration},
    organisations::{LegalEntity, UnitState},
};

pub(super) fn findings(applicant: Known<'_>, content: &Content) -> Vec<Finding> {
    let is_administration = applicant.by_register(Rule::A1, |facts| of_category(administration(facts), facts));
    let mut findings = vec![is_administration, legal_basis(content), shared::service(content), shared::contacts(content)];
    findings.extend(shared::assurance(content));
    findings.extend(shared::proportionality(content));
    findings
}

/// A private body may have an administrative mission of public service (CRPA L100-3), which no register tells: only what has ceased fails.
fn of_category(found: Finding, facts: &LegalEntity) -> Finding {
    if found.outcome != Outcome::Fail || facts.unit_state == Some(UnitState::Ceased) {
        return found;
    }
    let fact = format!("{} Une personne vérifiera s’il est chargé d’une mission de service public administratif.", found.fact);
    Finding { outcome: Outcome::ToCheck, fact, to_explain: true, ..found }
}

pub(super) fn legal_basis(content: &Content) -> Finding {
    let arrete = LegalBasis::arrete_2018();
    if content.legal_basis.nature == arrete.nature {
        return Finding::declared(Rule::A2, Outcome::Pass, "L’arrêté du 8\u{a0}novembre\u{a0}2018 relatif à FranceConnect est cité.");
    }
    Finding::declared(
        Rule::A2,
        Outcome::ToCheck,
        "Un autre texte que l’arrêté du 8\u{a0}novembre\u{a0}2018 est cité : une personne le lira.",
    )
}
