//! What the published rules find in a demande before a person reads it.

use super::{contacts::Contact, content::Content, legal_basis::LegalBasis, personal_data::LONG_RETENTION};
use crate::{
    criteria::{Finding, Outcome, Rule, administration, unknown},
    organisations::{Organisation, Source},
};

/// One finding a rule of administrations, on the register's facts as they are known and on what the demande says. It refuses nothing.
pub fn precheck(organisation: &Organisation, content: &Content) -> Vec<Finding> {
    vec![is_administration(organisation), legal_basis(content), service(content), contacts(content), proportionality(content)]
}

fn is_administration(organisation: &Organisation) -> Finding {
    match (&organisation.facts, organisation.source) {
        (Some(facts), _) => administration(facts),
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

fn proportionality(content: &Content) -> Finding {
    let sensitive: Vec<&str> =
        content.requested.scopes.iter().filter(|scope| scope.needs_justification()).map(|scope| scope.label()).collect();
    let long = content.personal_data.retention_months > LONG_RETENTION;
    let kept = if long {
        format!(" Les données seraient conservées {}\u{a0}mois, plus de 36 : la raison est donnée.", content.personal_data.retention_months)
    } else {
        String::new()
    };
    match (sensitive.as_slice(), long) {
        ([], false) => Finding::declared(Rule::A5, Outcome::Pass, "Aucune donnée demandée n’appelle de justification."),
        ([], true) => Finding::declared(Rule::A5, Outcome::ToCheck, kept.trim().to_owned()),
        (asked, _) => Finding::declared(
            Rule::A5,
            Outcome::ToCheck,
            format!("À lire avec leur justification : {}.{kept}", asked.join(", ").to_lowercase()),
        ),
    }
}
