//! People already named in the demandes of an organisation, to be named again without typing: those that the person may read.

use super::contacts::{Contact, ContactFields, Contacts, DATA_CONTROLLER, DPO, ProtectionRole, TECHNICAL_CONTACT};
use crate::fields::Fields;

pub(super) mod store;

/// The name of the button that names somebody again; its value is « part:address ».
pub const TAKE: &str = "reprendre";

/// How many are offered for each part.
const MOST: usize = 3;

/// Those named in the last demandes, most recent first.
#[derive(Clone, Debug, Default)]
pub struct KnownContacts(Vec<Contacts>);

impl KnownContacts {
    /// From the contacts of demandes, the most recent first.
    pub fn new(contacts: Vec<Contacts>) -> Self {
        Self(contacts)
    }

    /// Those who may be named again for a part, each once. A referent is no DPO.
    pub fn of(&self, part: &ContactFields) -> Vec<&Contact> {
        let mut offered: Vec<&Contact> = Vec::new();
        for contacts in &self.0 {
            let contact = match part.prefix {
                prefix if prefix == DATA_CONTROLLER.prefix => &contacts.data_controller,
                prefix if prefix == DPO.prefix && contacts.data_protection_role == ProtectionRole::Dpo => &contacts.data_protection_officer,
                prefix if prefix == TECHNICAL_CONTACT.prefix => &contacts.technical_contact,
                _ => continue,
            };
            if offered.len() < MOST && !offered.iter().any(|other| other.email == contact.email) {
                offered.push(contact);
            }
        }
        offered
    }

    /// Names again whom a button says; gives the part back, nothing when no button was pressed or nobody is known by that address.
    pub fn take(&self, fields: &mut Fields) -> Option<&'static str> {
        let pressed = fields.value(TAKE).to_owned();
        let (prefix, email) = pressed.split_once(':')?;
        let part = [DATA_CONTROLLER, DPO, TECHNICAL_CONTACT].into_iter().find(|part| part.prefix == prefix)?;
        let contact = self.of(&part).into_iter().find(|contact| contact.email.as_str() == email)?;
        part.name(fields, contact);
        Some(part.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{EmailAddress, Phone};

    fn contacts(name: &str, role: ProtectionRole) -> Contacts {
        let contact = |part: &str, name: &str| Contact {
            given_name: name.into(),
            family_name: "Vidal".into(),
            job_title: part.into(),
            email: EmailAddress::parse(&format!("{name}.{part}@exemple.test")).expect("an address"),
            phone: Phone::parse_mobile("0612345678").expect("a number"),
        };
        Contacts {
            data_controller: contact("maire", "ada"),
            data_protection_officer: contact("dpo", name),
            technical_contact: contact("projet", name),
            data_protection_role: role,
            referent_reason: String::new(),
        }
    }

    #[test]
    fn each_person_is_offered_once_and_a_referent_is_no_dpo() {
        let known = KnownContacts::new(vec![
            contacts("un", ProtectionRole::Referent),
            contacts("deux", ProtectionRole::Dpo),
            contacts("trois", ProtectionRole::Dpo),
            contacts("quatre", ProtectionRole::Dpo),
            contacts("cinq", ProtectionRole::Dpo),
        ]);
        let names = |part| known.of(&part).iter().map(|contact| contact.given_name.clone()).collect::<Vec<_>>();
        assert_eq!(names(DATA_CONTROLLER), ["ada"]);
        assert_eq!(names(DPO), ["deux", "trois", "quatre"]);
        assert_eq!(names(TECHNICAL_CONTACT), ["un", "deux", "trois"]);
    }

    #[test]
    fn a_button_names_somebody_known_and_nobody_else() {
        let known = KnownContacts::new(vec![contacts("un", ProtectionRole::Dpo)]);
        let press = |value: &str| {
            let mut fields = Fields::from_pairs(vec![(TAKE.into(), value.into())]);
            (known.take(&mut fields), fields.value("data_controller_email").to_owned())
        };
        assert_eq!(press("data_controller:ada.maire@exemple.test"), (Some("data_controller"), "ada.maire@exemple.test".into()));
        for other in ["", "data_controller", "data_controller:x@y.fr", "admin:ada.maire@exemple.test"] {
            assert_eq!(press(other), (None, String::new()), "{other}");
        }
    }
}
