//! The people named in a demande.

use serde::{Deserialize, Serialize};

use crate::{
    accounts::{EmailAddress, Person, Phone, parse_person_name},
    fields::{Field, Fields},
    notifications::Recipient,
};

/// The five fields of a contact.
#[derive(Clone, Copy, Debug)]
pub struct ContactFields {
    /// What starts the names of the fields.
    pub prefix: &'static str,
    /// « Responsable de traitement ».
    pub title: &'static str,
    /// First name.
    pub given_name: Field,
    /// Name.
    pub family_name: Field,
    /// Job title.
    pub job_title: Field,
    /// Address.
    pub email: Field,
    /// Telephone.
    pub phone: Field,
}

macro_rules! contact_fields {
    ($prefix:literal, $title:literal, $of:literal) => {
        ContactFields {
            prefix: $prefix,
            title: $title,
            given_name: Field { name: concat!($prefix, "_given_name"), label: concat!("Prénom ", $of) },
            family_name: Field { name: concat!($prefix, "_family_name"), label: concat!("Nom ", $of) },
            job_title: Field { name: concat!($prefix, "_job_title"), label: concat!("Fonction ", $of) },
            email: Field { name: concat!($prefix, "_email"), label: concat!("Adresse électronique ", $of) },
            phone: Field { name: concat!($prefix, "_phone"), label: concat!("Téléphone ", $of) },
        }
    };
}

/// Responsable de traitement (RGPD art. 4.7).
pub const DATA_CONTROLLER: ContactFields = contact_fields!("data_controller", "Responsable de traitement", "du responsable de traitement");
/// Délégué à la protection des données (RGPD art. 37), or the referent of a private body that has none; he or she may work for another organisation (art. 37.3).
pub const DPO: ContactFields =
    contact_fields!("data_protection_officer", "Délégué à la protection des données", "du délégué à la protection des données");
/// Who stands where the DPO would: asked of private bodies, for which the designation is not always compulsory (RGPD art. 37).
pub const PROTECTION_ROLE: Field = Field { name: "data_protection_role", label: "Qui veille sur les données personnelles ?" };
/// Why nobody is designated.
pub const REFERENT_REASON: Field = Field { name: "referent_reason", label: "Pourquoi n’avez-vous pas de délégué ?" };

/// Délégué désigné auprès de la CNIL, or a referent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ProtectionRole {
    /// « Délégué à la protection des données ».
    #[default]
    Dpo,
    /// « Référent protection des données »: nobody is designated, and the demande says why.
    Referent,
}

impl ProtectionRole {
    /// As people read it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Dpo => DPO.title,
            Self::Referent => "Référent pour la protection des données",
        }
    }
}

/// Contact technique; receives the access codes by SMS.
pub const TECHNICAL_CONTACT: ContactFields = contact_fields!("technical_contact", "Contact technique", "du contact technique");

impl ContactFields {
    /// The five, in the order of the page.
    pub const fn all(&self) -> [Field; 5] {
        [self.given_name, self.family_name, self.job_title, self.email, self.phone]
    }

    /// Fills the five with what is known of somebody: « C’est moi ».
    pub fn fill(&self, fields: &mut Fields, person: &Person) {
        fields.set(self.given_name.name, &person.given_name);
        fields.set(self.family_name.name, &person.family_name);
        fields.set(self.job_title.name, &person.job_title);
        fields.set(self.email.name, person.email.as_str());
        fields.set(self.phone.name, &person.phone);
    }

    /// Fills the five with somebody named before.
    pub fn name(&self, fields: &mut Fields, contact: &Contact) {
        fields.set(self.given_name.name, &contact.given_name);
        fields.set(self.family_name.name, &contact.family_name);
        fields.set(self.job_title.name, &contact.job_title);
        fields.set(self.email.name, contact.email.as_str());
        fields.set(self.phone.name, contact.phone.for_reading());
    }

    /// Reads the five of somebody who may have any telephone.
    pub fn read(&self, fields: &mut Fields) -> Option<Contact> {
        self.parse(fields, Needs::AnyPhone)
    }

    fn parse(&self, fields: &mut Fields, needs: Needs) -> Option<Contact> {
        let given_name = fields.parse(self.given_name, parse_person_name);
        let family_name = fields.parse(self.family_name, parse_person_name);
        let job_title = fields.line(self.job_title, 100);
        let email = fields.parse(self.email, EmailAddress::parse);
        let phone = fields.parse(self.phone, |typed| match needs {
            Needs::AnyPhone => Phone::parse(typed),
            Needs::FrenchMobile => Phone::parse_mobile(typed),
        });
        Some(Contact { given_name: given_name?, family_name: family_name?, job_title: job_title?, email: email?, phone: phone? })
    }
}

#[derive(Clone, Copy)]
enum Needs {
    AnyPhone,
    FrenchMobile,
}

/// Every field of the step.
pub const FIELDS: &[Field] = &{
    let (a, b, c) = (DATA_CONTROLLER.all(), DPO.all(), TECHNICAL_CONTACT.all());
    [a[0], a[1], a[2], a[3], a[4], PROTECTION_ROLE, REFERENT_REASON, b[0], b[1], b[2], b[3], b[4], c[0], c[1], c[2], c[3], c[4]]
};

/// Somebody named in a demande.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// First name.
    pub given_name: String,
    /// Name.
    pub family_name: String,
    /// Job title.
    pub job_title: String,
    /// Address.
    pub email: EmailAddress,
    /// Telephone.
    pub phone: Phone,
}

impl Contact {
    /// « Camille Rousseau ».
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// As the recipient of a letter.
    pub fn as_recipient(&self) -> Recipient {
        Recipient { address: self.email.as_str().to_owned(), name: self.full_name() }
    }
}

/// The three contacts as submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// Who determines purposes and means.
    pub data_controller: Contact,
    /// Who is told of the demande and watches over the data.
    pub data_protection_officer: Contact,
    /// Who integrates the button.
    pub technical_contact: Contact,
    /// Whether the second is a DPO.
    #[serde(default)]
    pub data_protection_role: ProtectionRole,
    /// Why there is none, when the second is a referent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub referent_reason: String,
}

impl Contacts {
    /// Reads the step.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let data_controller = DATA_CONTROLLER.parse(fields, Needs::AnyPhone);
        let role = fields.parse(PROTECTION_ROLE, |typed| match typed {
            "" => Ok(ProtectionRole::Dpo),
            other => other.parse().map_err(|_| "Choisissez : un délégué désigné, ou un référent."),
        });
        let referent_reason = match role {
            Some(ProtectionRole::Referent) => fields.paragraph(REFERENT_REASON, 1000),
            _ => Some(String::new()),
        };
        let data_protection_officer = DPO.parse(fields, Needs::AnyPhone);
        let technical_contact = TECHNICAL_CONTACT.parse(fields, Needs::FrenchMobile);
        Some(Self {
            data_controller: data_controller?,
            data_protection_officer: data_protection_officer?,
            technical_contact: technical_contact?,
            data_protection_role: role?,
            referent_reason: referent_reason?,
        })
    }

    /// The three with the fields that named them, in the order of the page.
    pub fn each(&self) -> [(ContactFields, &Contact); 3] {
        let protection = ContactFields { title: self.data_protection_role.title(), ..DPO };
        [
            (DATA_CONTROLLER, &self.data_controller),
            (protection, &self.data_protection_officer),
            (TECHNICAL_CONTACT, &self.technical_contact),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(more: &[(&str, &str)]) -> (Option<Contacts>, Fields) {
        let mut fields = Fields::default();
        for contact in [DATA_CONTROLLER, DPO, TECHNICAL_CONTACT] {
            for (field, value) in contact.all().iter().zip(["Ada", "Vidal", "Gérante", "ada@exemple.test", "06 12 34 56 78"]) {
                fields.set(field.name, value);
            }
        }
        for (name, value) in more {
            fields.set(name, *value);
        }
        (Contacts::parse(&mut fields), fields)
    }

    #[test]
    fn a_referent_says_why_there_is_no_dpo() {
        assert_eq!(parse(&[]).0.map(|it| it.data_protection_role), Some(ProtectionRole::Dpo), "what was asked before the choice");
        let (refused, fields) = parse(&[("data_protection_role", "referent")]);
        assert_eq!(refused, None);
        assert!(fields.error("referent_reason").is_some());
        let named =
            parse(&[("data_protection_role", "referent"), ("referent_reason", "Ni suivi à grande échelle, ni données sensibles.")]).0;
        assert_eq!(named.map(|it| it.each()[1].0.title), Some("Référent pour la protection des données"));
        assert_eq!(parse(&[("data_protection_role", "personne")]).0, None);
    }
}
