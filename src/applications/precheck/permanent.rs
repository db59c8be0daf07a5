//! The rules of the two permanent cases of companies and associations, P0 to P2, and A3 to A5.

use super::{Known, administration, shared};
use crate::{
    applications::{
        case::{AddressChange, IdentityText, identity_text},
        content::Content,
    },
    criteria::{Finding, Outcome, Rule, private_body},
};

pub(super) fn of_address_change(applicant: Known<'_>, content: &Content, answers: &AddressChange) -> Vec<Finding> {
    let only = if answers.only {
        "FranceConnect ne servirait qu’au changement d’adresse."
    } else {
        "FranceConnect servirait aussi à autre chose : l’arrêté ne l’ouvre qu’aux services liés au changement d’adresse."
    };
    let fact = format!("{only} Lien déclaré\u{a0}: «\u{a0}{}\u{a0}»", shared::shortened(&answers.link));
    let linked = Finding::declared(Rule::P1, Outcome::ToCheck, fact);
    let mut findings = vec![applicant.by_register(Rule::P0, private_body), linked, administration::legal_basis(content)];
    findings.extend(of_any(content));
    findings
}

pub(super) fn of_identity_text(applicant: Known<'_>, content: &Content, answers: &IdentityText) -> Vec<Finding> {
    let known = if answers.text == identity_text::OTHER { "Texte hors de la liste du guichet" } else { "Texte de la liste du guichet" };
    let fact =
        format!("{known}\u{a0}: {}. Ce qu’il impose\u{a0}: «\u{a0}{}\u{a0}»", answers.reference, shared::shortened(&answers.imposes));
    let mut findings = vec![applicant.by_register(Rule::P0, private_body), Finding::declared(Rule::P2, Outcome::ToCheck, fact)];
    findings.extend(of_any(content));
    findings
}

fn of_any(content: &Content) -> Vec<Finding> {
    let mut findings = vec![shared::service(content), shared::contacts(content)];
    findings.extend(shared::assurance(content));
    findings.extend(shared::proportionality(content));
    findings
}
