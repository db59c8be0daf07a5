//! The names DataPass gives to the same answers: a demande can be compared with one of DataPass's, or sent where those are read.

use super::{
    assurance, contacts,
    contacts::ContactFields,
    legal_basis, personal_data,
    scope::SCOPES,
    service,
    submit::{ALTERNATIVE_LOGIN, DPO_INFORMED, TERMS},
};

/// Our field, DataPass's. Fields that DataPass does not have are not here.
const NAMES: [(&str, &str); 14] = [
    (service::NAME.name, "intitule"),
    (service::DESCRIPTION.name, "description"),
    (service::PLANNED_ON.name, "date_prevue_mise_en_production"),
    (service::YEARLY_VOLUME.name, "volumetrie_approximative"),
    (legal_basis::NATURE.name, "cadre_juridique_nature"),
    (legal_basis::URL.name, "cadre_juridique_url"),
    (assurance::ASSURANCE_LEVEL.name, "france_connect_eidas"),
    (SCOPES.name, "scopes"),
    (personal_data::RECIPIENTS.name, "destinataire_donnees_caractere_personnel"),
    (personal_data::RETENTION_MONTHS.name, "duree_conservation_donnees_caractere_personnel"),
    (personal_data::RETENTION_REASON.name, "duree_conservation_donnees_caractere_personnel_justification"),
    (TERMS.name, "terms_of_service_accepted"),
    (DPO_INFORMED.name, "data_protection_officer_informed"),
    (ALTERNATIVE_LOGIN.name, "alternative_connexion"),
];

/// The three people, ours then DataPass's.
pub(super) const PEOPLE: [(ContactFields, &str); 3] = [
    (contacts::DATA_CONTROLLER, "responsable_traitement"),
    (contacts::DPO, "delegue_protection_donnees"),
    (contacts::TECHNICAL_CONTACT, "contact_technique"),
];

/// Our field behind a name of DataPass's, people left out.
pub(super) fn our_name(theirs: &str) -> Option<&'static str> {
    NAMES.iter().find(|(_, name)| *name == theirs).map(|(ours, _)| *ours)
}

/// What DataPass calls a field of ours, when it has it.
pub fn datapass_name(field: &str) -> Option<String> {
    if let Some((_, name)) = NAMES.iter().find(|(ours, _)| *ours == field) {
        return Some((*name).to_owned());
    }
    PEOPLE.iter().find_map(|(ours, theirs)| {
        let parts = [
            (ours.given_name, "given_name"),
            (ours.family_name, "family_name"),
            (ours.job_title, "job_title"),
            (ours.email, "email"),
            (ours.phone, "phone_number"),
        ];
        parts.iter().find(|(own, _)| own.name == field).map(|(_, part)| format!("{theirs}_{part}"))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::applications::{Form, Kind, case::contribution};

    /// The keys of DataPass's form « france-connect », block by block; the two documents and the `*_type` of its contacts left out.
    const DATAPASS: [&str; 29] = [
        "intitule",
        "description",
        "date_prevue_mise_en_production",
        "volumetrie_approximative",
        "cadre_juridique_nature",
        "cadre_juridique_url",
        "france_connect_eidas",
        "scopes",
        "destinataire_donnees_caractere_personnel",
        "duree_conservation_donnees_caractere_personnel",
        "duree_conservation_donnees_caractere_personnel_justification",
        "responsable_traitement_family_name",
        "responsable_traitement_given_name",
        "responsable_traitement_email",
        "responsable_traitement_phone_number",
        "responsable_traitement_job_title",
        "delegue_protection_donnees_family_name",
        "delegue_protection_donnees_given_name",
        "delegue_protection_donnees_email",
        "delegue_protection_donnees_phone_number",
        "delegue_protection_donnees_job_title",
        "contact_technique_family_name",
        "contact_technique_given_name",
        "contact_technique_email",
        "contact_technique_phone_number",
        "contact_technique_job_title",
        "terms_of_service_accepted",
        "data_protection_officer_informed",
        "alternative_connexion",
    ];

    #[test]
    fn an_administration_answers_every_question_of_datapass() {
        let form = Form::of(Kind::Administration);
        let fields = form.steps().iter().flat_map(|step| step.fields()).map(|field| field.name);
        let ours: BTreeSet<String> =
            fields.chain([TERMS.name, DPO_INFORMED.name, ALTERNATIVE_LOGIN.name]).filter_map(datapass_name).collect();
        assert_eq!(ours, DATAPASS.iter().map(|name| (*name).to_owned()).collect());
    }

    #[test]
    fn what_datapass_does_not_ask_has_no_name_there() {
        for field in [service::URL.name, assurance::REASON.name, contribution::SECTOR.name, "why_email", "inconnu", ""] {
            assert_eq!(datapass_name(field), None, "{field}");
        }
    }
}
