//! What is looked at in a demande of any kind: the service, the people, the data.

use crate::{
    applications::{
        assurance::AssuranceLevel,
        contacts::{Contact, ProtectionRole},
        content::Content,
        personal_data::LONG_RETENTION,
    },
    criteria::{Finding, Outcome, Rule},
};

pub(super) fn service(content: &Content) -> Finding {
    let on_line = if content.service.url.is_empty() { "Il n’a pas encore d’adresse." } else { "Son adresse est donnée." };
    Finding::declared(Rule::A3, Outcome::ToCheck, format!("Le service est décrit. {on_line} Une personne lira la description."))
}

pub(super) fn contacts(content: &Content) -> Finding {
    let contacts = &content.contacts;
    if contacts.data_controller.email == contacts.data_protection_officer.email {
        return Finding::declared(
            Rule::A4,
            Outcome::ToCheck,
            "Le responsable de traitement et le délégué à la protection des données ont la même adresse électronique : une personne vérifiera que ce sont deux personnes (RGPD, article\u{a0}38, paragraphe\u{a0}6).",
        );
    }
    if contacts.data_protection_role == ProtectionRole::Referent {
        let fact = format!(
            "Aucun délégué n’est désigné ; un référent l’est. Raison donnée\u{a0}: «\u{a0}{}\u{a0}» La désignation n’est pas toujours obligatoire pour un organisme privé (RGPD, article\u{a0}37).",
            shortened(&contacts.referent_reason)
        );
        return Finding::declared(Rule::A4, Outcome::ToCheck, fact);
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

/// A line for the substantial level: it is chosen for a reason.
pub(super) fn assurance(content: &Content) -> Option<Finding> {
    (content.assurance_level == AssuranceLevel::Substantial && !content.assurance_reason.is_empty()).then(|| {
        let fact = format!("Niveau substantiel. Raison donnée\u{a0}: «\u{a0}{}\u{a0}»", shortened(&content.assurance_reason));
        Finding::declared(Rule::A3, Outcome::ToCheck, fact)
    })
}

/// A line for each datum that takes a justification, and one for how long they are kept.
pub(super) fn proportionality(content: &Content) -> Vec<Finding> {
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
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 200;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    let start: String = line.chars().take(MOST).collect();
    let whole = start.rsplit_once(' ').map_or(start.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}
