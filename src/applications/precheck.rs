//! What the published rules find in a demande before a person reads it.

use super::{contacts::Contact, content::Content, legal_basis::LegalBasis, personal_data::LONG_RETENTION};
use crate::{
    criteria::{Finding, Outcome, Rule, administration, unknown},
    organisations::{LegalEntity, Organisation, Source, UnitState},
};

/// What the rules of administrations find, on the register's facts as they are known and on what the demande says. It refuses nothing.
pub fn precheck(organisation: &Organisation, content: &Content) -> Vec<Finding> {
    let mut findings = vec![is_administration(organisation), legal_basis(content), service(content), contacts(content)];
    findings.extend(proportionality(content));
    findings
}

fn is_administration(organisation: &Organisation) -> Finding {
    match (&organisation.facts, organisation.source) {
        (Some(facts), _) => of_category(administration(facts), facts),
        (None, Source::Declared) => Finding {
            fact: format!(
                "Le nom «\u{a0}{}\u{a0}» est déclaré par le demandeur ; le registre Sirene ne l’a pas confirmé. Une personne le vérifiera.",
                organisation.name
            ),
            ..unknown(Rule::A1)
        },
        (None, _) => unknown(Rule::A1),
    }
}

/// A private body may have an administrative mission of public service (CRPA L100-3), which no register tells: only what has ceased fails.
fn of_category(found: Finding, facts: &LegalEntity) -> Finding {
    if found.outcome != Outcome::Fail || facts.unit_state == Some(UnitState::Ceased) {
        return found;
    }
    let fact = format!("{} Une personne vérifiera s’il est chargé d’une mission de service public administratif.", found.fact);
    Finding { outcome: Outcome::ToCheck, fact, ..found }
}

fn legal_basis(content: &Content) -> Finding {
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

fn service(content: &Content) -> Finding {
    let on_line = if content.service.url.is_empty() { "Il n’a pas encore d’adresse." } else { "Son adresse est donnée." };
    Finding::declared(Rule::A3, Outcome::ToCheck, format!("Le service est décrit. {on_line} Une personne lira la description."))
}

fn contacts(content: &Content) -> Finding {
    let contacts = &content.contacts;
    if contacts.data_controller.email == contacts.data_protection_officer.email {
        return Finding::declared(
            Rule::A4,
            Outcome::ToCheck,
            "Le responsable de traitement et le délégué à la protection des données ont la même adresse électronique : une personne vérifiera que ce sont deux personnes (RGPD, article\u{a0}38, paragraphe\u{a0}6).",
        );
    }
    let domain = |contact: &Contact| contact.email.as_str().rsplit('@').next().unwrap_or_default().to_owned();
    let elsewhere = if domain(&contacts.data_controller) == domain(&contacts.data_protection_officer) {
        ""
    } else {
        " Le délégué à la protection des données a une adresse d’un autre organisme : c’est courant quand il est commun à plusieurs."
    };
    Finding::declared(
        Rule::A4,
        Outcome::Pass,
        format!("Le responsable de traitement, le délégué à la protection des données et le contact technique sont désignés.{elsewhere}"),
    )
}

/// A line for each datum that takes a justification, and one for how long they are kept.
fn proportionality(content: &Content) -> Vec<Finding> {
    let requested = &content.requested;
    let mut findings: Vec<Finding> = (requested.scopes.iter().filter(|scope| scope.needs_justification()))
        .map(|scope| {
            let why = requested.justifications.get(scope).map(String::as_str).unwrap_or_default();
            let fact = format!("{}. Raison donnée\u{a0}: «\u{a0}{}\u{a0}»", scope.label(), shortened(why));
            Finding::declared(Rule::A5, Outcome::ToCheck, fact)
        })
        .collect();
    if findings.is_empty() {
        findings.push(Finding::declared(Rule::A5, Outcome::Pass, "Aucune donnée demandée n’appelle de justification."));
    }
    let data = &content.personal_data;
    if data.retention_months > LONG_RETENTION {
        let fact = format!(
            "Conservation de {}\u{a0}mois, au-delà de {LONG_RETENTION}. Raison donnée\u{a0}: «\u{a0}{}\u{a0}»",
            data.retention_months,
            shortened(&data.retention_reason)
        );
        findings.push(Finding::declared(Rule::A5, Outcome::ToCheck, fact));
    }
    findings
}

/// The beginning of a text, to its last whole word within two hundred characters: the whole stands elsewhere on the page.
fn shortened(text: &str) -> String {
    const MOST: usize = 200;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    let start: String = line.chars().take(MOST).collect();
    let whole = start.rsplit_once(' ').map_or(start.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}
