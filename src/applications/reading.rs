//! A demande as people read it: labels and words instead of codes, for the summary, the dossier and the habilitation alike.

use super::{
    assurance::{ASSURANCE_LEVEL, Assurance, AssuranceLevel, REASON},
    case::{AddressChange, Baseline, Case, Contribution, Hosting, IdentityText, commitments},
    contacts::{Contacts, PROTECTION_ROLE, ProtectionRole, REFERENT_REASON},
    content::Content,
    legal_basis::{self, CHOICE, LegalBasis},
    mandate::{self, Mandate, VendorRole},
    personal_data::{self, PersonalData},
    scope::{RequestedScopes, SCOPES, Scope},
    service::{self, Service},
    step::Step,
};
use crate::{
    calendar,
    fields::{Field, Fields},
};

mod of_case;

/// A label and what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The field of the page that was answered, where a point asked about this line is shown; nothing when no single one was.
    pub field: String,
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
        let section = |step, lines| Self { step, lines };
        let mut sections: Vec<Self> = content.mandate.iter().map(|mandate| section(Step::Mandate, of_mandate(mandate))).collect();
        sections.push(section(Step::Service, of_service(&content.service)));
        match &content.case {
            Case::Administration => {}
            Case::PrivateAddressChange(answers) => sections.push(section(Step::AddressChange, of_case::of_address_change(answers))),
            Case::PrivateIdentityCheck(answers) => sections.push(section(Step::IdentityText, of_case::of_identity_text(answers))),
            Case::Experiment(answers) => sections.push(section(Step::Contribution, of_case::of_contribution(&answers.contribution))),
        }
        if !matches!(content.case, Case::PrivateIdentityCheck(_)) {
            sections.push(section(Step::LegalBasis, of_legal_basis(&content.legal_basis)));
        }
        let assurance = Assurance { level: content.assurance_level, reason: content.assurance_reason.clone() };
        sections.push(section(Step::Assurance, of_assurance(&assurance)));
        sections.push(section(Step::Scopes, of_scopes(&content.requested)));
        sections.push(section(Step::PersonalData, of_personal_data(&content.personal_data)));
        if let Some(answers) = content.case.candidature() {
            sections.push(section(Step::Hosting, of_case::of_hosting(&answers.hosting)));
            sections.push(section(Step::Baseline, of_case::of_baseline(&answers.baseline)));
        }
        sections.push(section(Step::Contacts, of_contacts(&content.contacts)));
        if let Some(answers) = content.case.candidature() {
            sections.push(section(Step::Commitments, of_case::of_commitments(&answers.commitments)));
        }
        sections
    }

    /// A step of a draft: in words when it is complete, as typed otherwise.
    pub fn of_draft(step: Step, fields: &Fields) -> Self {
        let mut checked = fields.clone();
        let lines = match step {
            Step::Service => Service::parse(&mut checked).map(|part| of_service(&part)),
            Step::AddressChange => AddressChange::parse(&mut checked).map(|part| of_case::of_address_change(&part)),
            Step::IdentityText => IdentityText::parse(&mut checked).map(|part| of_case::of_identity_text(&part)),
            Step::Contribution => Contribution::parse(&mut checked).map(|part| of_case::of_contribution(&part)),
            Step::Hosting => Hosting::parse(&mut checked).map(|part| of_case::of_hosting(&part)),
            Step::Baseline => Baseline::parse(&mut checked).map(|part| of_case::of_baseline(&part)),
            Step::Commitments => commitments::parse(&mut checked, None).map(|part| of_case::of_commitments(&part)),
            Step::LegalBasis => LegalBasis::parse(&mut checked).map(|part| of_legal_basis(&part)),
            Step::Assurance => Assurance::parse(&mut checked).map(|part| of_assurance(&part)),
            Step::Scopes => RequestedScopes::parse(&mut checked).map(|part| of_scopes(&part)),
            Step::PersonalData => PersonalData::parse(&mut checked).map(|part| of_personal_data(&part)),
            Step::Contacts => Contacts::parse(&mut checked).map(|part| of_contacts(&part)),
            Step::Mandate => None,
        };
        Self { step, lines: lines.unwrap_or_else(|| Self::as_typed(step, fields)) }
    }

    /// The answers of a step as typed, those that are empty left out.
    pub(super) fn as_typed(step: Step, fields: &Fields) -> Vec<Line> {
        as_typed(step, fields)
    }
}

impl Line {
    /// A label and an answer.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { field: String::new(), label: label.into(), value: value.into() }
    }

    /// The same, answered in that field.
    fn of(self, field: impl Into<String>) -> Self {
        Self { field: field.into(), ..self }
    }
}

fn line(label: impl Into<String>, value: impl Into<String>) -> Line {
    Line::new(label, value)
}

fn of_service(service: &Service) -> Vec<Line> {
    let address = if service.url.is_empty() { "Pas encore en ligne" } else { &service.url };
    let planned_on = service.planned_on.map_or_else(|| "Non précisée".to_owned(), calendar::date_in_full);
    let yearly_volume = service.yearly_volume.map_or_else(|| "Non précisé".to_owned(), grouped);
    vec![
        line("Nom du service", &service.name).of(service::NAME.name),
        line("Description", &service.description).of(service::DESCRIPTION.name),
        line("Adresse du service", address).of(service::URL.name),
        line("Mise en service prévue", planned_on).of(service::PLANNED_ON.name),
        line("Démarches par an", yearly_volume).of(service::YEARLY_VOLUME.name),
    ]
}

fn of_legal_basis(basis: &LegalBasis) -> Vec<Line> {
    let address = if basis.url.is_empty() { "Joint en fichier" } else { &basis.url };
    vec![line("Texte", &basis.nature).of(legal_basis::NATURE.name), line("Adresse du texte", address).of(legal_basis::URL.name)]
}

fn of_assurance(asked: &Assurance) -> Vec<Line> {
    let mut lines = vec![line("Niveau demandé", asked.level.label()).of(ASSURANCE_LEVEL.name)];
    if !asked.reason.is_empty() {
        lines.push(line("Pourquoi le niveau substantiel", &asked.reason).of(REASON.name));
    }
    lines
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
            line(scope.label(), why).of(format!("{}-{scope}", SCOPES.name))
        })
        .collect()
}

fn of_personal_data(data: &PersonalData) -> Vec<Line> {
    let mut lines = vec![
        line("Destinataires", &data.recipients).of(personal_data::RECIPIENTS.name),
        line("Durée de conservation", format!("{}\u{a0}mois", data.retention_months)).of(personal_data::RETENTION_MONTHS.name),
    ];
    if !data.retention_reason.is_empty() {
        lines.push(line("Pourquoi plus de 36\u{a0}mois", &data.retention_reason).of(personal_data::RETENTION_REASON.name));
    }
    if !data.retention_end.is_empty() {
        lines.push(line("Ce qui met fin à la conservation", &data.retention_end).of(personal_data::RETENTION_END.name));
    }
    lines
}

fn of_contacts(contacts: &Contacts) -> Vec<Line> {
    let named = contacts.each().map(|(fields, contact)| {
        let words = format!("{}, {}\n{}\n{}", contact.full_name(), contact.job_title, contact.email, contact.phone.for_reading());
        line(fields.title, words).of(fields.prefix)
    });
    let mut lines = Vec::from(named);
    if !contacts.referent_reason.is_empty() {
        lines.push(line("Pourquoi un référent", &contacts.referent_reason).of(REFERENT_REASON.name));
    }
    lines
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
            let words = words(field, &values);
            (!words.is_empty()).then(|| line(field.label, words).of(field.name))
        })
        .collect()
}

/// The values of a field as people read them: labels where the form has choices, what was typed elsewhere.
pub(super) fn words(field: Field, values: &[impl AsRef<str>]) -> String {
    if let Some(words) = of_case::of_choice(field, &values.iter().map(AsRef::as_ref).collect::<Vec<_>>()) {
        return words;
    }
    let words = values.iter().map(AsRef::as_ref).filter_map(|value| match field {
        SCOPES => value.parse::<Scope>().ok().map(|scope| scope.label().to_owned()),
        mandate::ROLE => value.parse::<VendorRole>().ok().map(|role| role.label().to_owned()),
        PROTECTION_ROLE => value.parse::<ProtectionRole>().ok().map(|role| role.title().to_owned()),
        ASSURANCE_LEVEL => Some(value.parse::<AssuranceLevel>().map_or_else(|_| value.to_owned(), |level| level.label().to_owned())),
        CHOICE if value == legal_basis::ARRETE_2018 => Some(legal_basis::ARRETE_2018_NATURE.to_owned()),
        CHOICE if value == legal_basis::OTHER => Some("Un autre texte".to_owned()),
        _ => Some(value.to_owned()),
    });
    words.collect::<Vec<_>>().join(", ")
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
        assert_eq!(
            section.lines,
            vec![line("Nom du service", "Portail").of("service_name"), line("Date prévue de mise en service", "bientôt").of("planned_on")]
        );
    }
}
