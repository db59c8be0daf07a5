//! What a town hall answers, for every test program that files a demande.

use habilitation::applications::Step;

/// The SIRET of the town hall of these tests: commune de Clamart.
pub const CLAMART: &str = "21920023500014";

/// What a town hall answers, step by step.
pub fn answers(step: Step) -> Vec<(&'static str, &'static str)> {
    match step {
        Step::Service => vec![
            ("service_name", "Portail familles"),
            ("service_description", "Les familles inscrivent leurs enfants à la cantine et paient en ligne."),
            ("service_url", "www.clamart.fr/familles"),
            ("planned_on", "2027-03-01"),
            ("yearly_volume", "12 000"),
        ],
        Step::LegalBasis => vec![("legal_choice", "arrete_2018")],
        Step::Assurance => vec![("assurance_level", "eidas_1")],
        Step::Scopes => vec![
            ("scopes", "family_name"),
            ("scopes", "given_name"),
            ("scopes", "birthdate"),
            ("why_birthdate", "Distinguer deux parents qui portent le même nom."),
        ],
        Step::PersonalData => vec![("recipients", "Le service scolaire."), ("retention_months", "24"), ("retention_reason", "")],
        Step::Mandate => {
            vec![("mandate_reference", "Marché n° 2026-12"), ("mandate_signed_on", "2026-05-04"), ("mandate_role", "processor")]
        }
        Step::Contacts => vec![
            ("data_controller_given_name", "Jeanne"),
            ("data_controller_family_name", "Moreau"),
            ("data_controller_job_title", "Maire"),
            ("data_controller_email", "maire@clamart.test"),
            ("data_controller_phone", "01 46 62 35 35"),
            ("data_protection_officer_given_name", "Karim"),
            ("data_protection_officer_family_name", "Haddad"),
            ("data_protection_officer_job_title", "DPO mutualisé"),
            ("data_protection_officer_email", "dpo@interco.test"),
            ("data_protection_officer_phone", "01 46 62 35 40"),
            ("technical_contact_given_name", "Lucie"),
            ("technical_contact_family_name", "Fontaine"),
            ("technical_contact_job_title", "Cheffe de projet"),
            ("technical_contact_email", "lucie@clamart.test"),
            ("technical_contact_phone", "06 12 34 56 78"),
        ],
        // the steps of other kinds
        _ => Vec::new(),
    }
}

/// The three boxes ticked, on the summary that showed `seen`.
pub fn attested(seen: &str) -> [(&str, &str); 4] {
    [("terms_accepted", "oui"), ("dpo_informed", "oui"), ("alternative_login", "oui"), ("seen", seen)]
}
