//! The software vendor that files for a client, and whom it may not name in the client's place.

use crate::{
    applications::contacts::{DATA_CONTROLLER, DPO},
    fields::Fields,
    ids::OrganisationId,
    organisations::Siret,
};

/// Who files, when it is not the organisation itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vendor {
    /// Its number here.
    pub organisation: OrganisationId,
    /// Its number in the register.
    pub siret: Siret,
    /// Its name.
    pub name: String,
    /// The e-mail domains it vouches for and its client does not.
    pub domains: Vec<String>,
    /// The addresses of its people, the applicant's among them.
    pub people: Vec<String>,
}

/// What becomes of an address of the vendor's where one of the client's is asked.
const REFUSAL: &str = "Cette adresse est celle d’une personne de votre organisme. Indiquez une personne de votre client : c’est lui qui décide de l’usage des données, et son délégué qui y veille.";

impl Vendor {
    /// Whether an address is one of its own.
    pub fn is_its_own(&self, email: &str) -> bool {
        let email = email.trim().to_lowercase();
        let domain = email.rsplit('@').next().unwrap_or_default();
        self.people.contains(&email) || self.domains.iter().any(|own| own == domain)
    }

    /// Refuses its own people where the client's data controller and DPO are asked. The technical contact may be its own.
    pub fn refuse_its_own(&self, fields: &mut Fields) {
        for contact in [DATA_CONTROLLER, DPO] {
            if self.is_its_own(fields.value(contact.email.name)) {
                fields.refuse(contact.email, REFUSAL);
            }
        }
    }
}

#[cfg(test)]
impl Vendor {
    /// A vendor with one domain and two people.
    pub fn example() -> Self {
        Self {
            organisation: OrganisationId(7),
            siret: Siret::parse("41816609600069").expect("fourteen digits").0,
            name: "Éditeur SAS".into(),
            domains: vec!["editeur.test".into()],
            people: vec!["karim@editeur.test".into(), "karim@exemple.test".into()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vendor_s_own_are_refused_as_controller_and_dpo_but_not_as_technical_contact() {
        let vendor = Vendor::example();
        for (name, email, refused) in [
            ("data_controller_email", "karim@exemple.test", true),
            ("data_controller_email", " Karim@Exemple.TEST ", true),
            ("data_protection_officer_email", "dpo@editeur.test", true),
            ("data_protection_officer_email", "dpo@pas-editeur.test", false),
            ("data_protection_officer_email", "dpo@sous.editeur.test", false),
            ("technical_contact_email", "karim@editeur.test", false),
            ("data_controller_email", "", false),
        ] {
            let mut fields = Fields::default();
            fields.set(name, email);
            vendor.refuse_its_own(&mut fields);
            assert_eq!(fields.error(name).is_some(), refused, "{name} {email}");
        }
    }
}
