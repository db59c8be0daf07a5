//! A demande as people read it: labels and words instead of codes, for the summary, the dossier and the habilitation alike.

use super::{
    assurance::AssuranceLevel,
    contacts::Contacts,
    content::Content,
    legal_basis::LegalBasis,
    mandate::{self, Mandate, VendorRole},
    personal_data::PersonalData,
    scope::{RequestedScopes, SCOPES, Scope},
    service::Service,
    step::Step,
};
use crate::{calendar, fields::Fields};

/// A label and what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The label.
    pub label: String,
    /// The answer, in words.
    pub value: String,
}

/// A step and its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Which step.
    pub step: Step,
    /// Its answers, in the order of the form.
    pub lines: Vec<Line>,
}

impl Section {
    /// A whole submitted content.
    pub fn of_content(content: &Content) -> Vec<Self> {
        let mandate = content.mandate.iter().map(|mandate| Self { step: Step::Mandate, lines: of_mandate(mandate) });
        let own = vec![
            Self { step: Step::Service, lines: of_service(&content.service) },
            Self { step: Step::LegalBasis, lines: of_legal_basis(&content.legal_basis) },
            Self { step: Step::Assurance, lines: of_assurance(content.assurance_level) },
            Self { step: Step::Scopes, lines: of_scopes(&content.requested) },
            Self { step: Step::PersonalData, lines: of_personal_data(&content.personal_data) },
            Self { step: Step::Contacts, lines: of_contacts(&content.contacts) },
        ];
        mandate.chain(own).collect()
    }

    /// A step of a draft: in words when it is complete, as typed otherwise.
    pub fn of_draft(step: Step, fields: &Fields) -> Self {
        let mut checked = fields.clone();
        let lines = match step {
            Step::Service => Service::parse(&mut checked).map(|part| of_service(&part)),
            Step::LegalBasis => LegalBasis::parse(&mut checked).map(|part| of_legal_basis(&part)),
            Step::Assurance => AssuranceLevel::parse(&mut checked).map(of_assurance),
            Step::Scopes => RequestedScopes::parse(&mut checked).map(|part| of_scopes(&part)),
            Step::PersonalData => PersonalData::parse(&mut checked).map(|part| of_personal_data(&part)),
            Step::Contacts => Contacts::parse(&mut checked).map(|part| of_contacts(&part)),
            Step::Mandate => None,
        };
        Self { step, lines: lines.unwrap_or_else(|| as_typed(step, fields)) }
    }
}

fn line(label: impl Into<String>, value: impl Into<String>) -> Line {
    Line { label: label.into(), value: value.into() }
}

fn of_service(service: &Service) -> Vec<Line> {
    let mut lines = vec![line("Nom du service", &service.name), line("Description", &service.description)];
    lines.push(line("Adresse du service", if service.url.is_empty() { "Pas encore en ligne" } else { &service.url }));
    lines.push(line("Mise en service prévue", service.planned_on.map_or_else(|| "Non précisée".to_owned(), calendar::date_in_full)));
    lines.push(line("Démarches par an", service.yearly_volume.map_or_else(|| "Non précisé".to_owned(), grouped)));
    lines
}

fn of_legal_basis(basis: &LegalBasis) -> Vec<Line> {
    vec![line("Texte", &basis.nature), line("Adresse du texte", &basis.url)]
}

fn of_assurance(level: AssuranceLevel) -> Vec<Line> {
    vec![line("Niveau demandé", level.label())]
}

fn of_scopes(requested: &RequestedScopes) -> Vec<Line> {
    requested
        .scopes
        .iter()
        .map(|scope| {
            let why = match scope {
                Scope::Openid => "Toujours transmis",
                other => requested.justification(other).unwrap_or("Sans justification demandée"),
            };
            line(scope.label(), why)
        })
        .collect()
}

fn of_personal_data(data: &PersonalData) -> Vec<Line> {
    let mut lines =
        vec![line("Destinataires", &data.recipients), line("Durée de conservation", format!("{}\u{a0}mois", data.retention_months))];
    if !data.retention_reason.is_empty() {
        lines.push(line("Pourquoi plus de 36\u{a0}mois", &data.retention_reason));
    }
    lines
}

fn of_contacts(contacts: &Contacts) -> Vec<Line> {
    contacts
        .each()
        .map(|(fields, contact)| {
            let words = format!("{}, {}\n{}\n{}", contact.full_name(), contact.job_title, contact.email, contact.phone.for_reading());
            line(fields.title, words)
        })
        .into()
}

fn of_mandate(mandate: &Mandate) -> Vec<Line> {
    vec![
        line("Mandataire", format!("{}, SIRET\u{a0}{}", mandate.vendor.name, mandate.vendor.siret)),
        line("Mandat ou contrat", &mandate.reference),
        line("Signé le", calendar::date_in_full(mandate.signed_on)),
        line("Rôle du mandataire", mandate.role.label()),
    ]
}

fn as_typed(step: Step, fields: &Fields) -> Vec<Line> {
    step.fields()
        .into_iter()
        .filter_map(|field| {
            let values: Vec<&str> = fields.values(field.name).filter(|value| !value.trim().is_empty()).collect();
            let words = if field == SCOPES {
                values.iter().filter_map(|value| value.parse::<Scope>().ok()).map(Scope::label).collect::<Vec<_>>().join(", ")
            } else if field == mandate::ROLE {
                values.iter().filter_map(|value| value.parse::<VendorRole>().ok()).map(VendorRole::label).collect()
            } else {
                values.join(", ")
            };
            (!words.is_empty()).then(|| line(field.label, words))
        })
        .collect()
}

/// A number with no-break spaces: « 12 000 ».
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            words.push('\u{202f}');
        }
        words.push(digit);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_grouped_by_three() {
        assert_eq!([7, 999, 1000, 1_234_567].map(grouped), ["7", "999", "1\u{202f}000", "1\u{202f}234\u{202f}567"]);
    }

    #[test]
    fn an_unfinished_step_is_read_as_typed() {
        let fields = Fields::from_pairs(vec![("service_name".into(), "Portail".into()), ("planned_on".into(), "bientôt".into())]);
        let section = Section::of_draft(Step::Service, &fields);
        assert_eq!(section.lines, vec![line("Nom du service", "Portail"), line("Date prévue de mise en service", "bientôt")]);
    }
}
