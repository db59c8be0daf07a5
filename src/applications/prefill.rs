//! A link that prefills a demande: `/demandes/nouvelle?siret=…&service_name=…`. Only what is declared may come from a link; nothing is
//! saved before the person has read it and pressed the button.
//!
//! Contacts may not: whoever writes a link would make somebody else name people, who would be written to in that person's name, and it
//! could put personal data in addresses, which browsers and servers keep. Nor may attestations: they are made by whoever signs.

use serde_json::Value;

use super::{
    assurance::{ASSURANCE_LEVEL, AssuranceLevel},
    datapass::{self, PEOPLE},
    legal_basis::{ARRETE_2018, CHOICE, NATURE, OTHER, URL as LEGAL_URL},
    prefilled::Prefilled,
    reading::{Line, Section},
    scope::{SCOPES, Scope},
    step::Step,
    submit::{ALTERNATIVE_LOGIN, DPO_INFORMED, TERMS},
};
use crate::fields::{Field, Fields};

/// The steps a link may fill; a new one stays closed until it is written here.
const OPEN: [Step; 5] = [Step::Service, Step::LegalBasis, Step::Assurance, Step::Scopes, Step::PersonalData];

/// What the page itself reads in its address.
const OF_THE_PAGE: [&str; 7] = ["siret", "prefill", "profil", "secteur", "usage", "type", "tous"];

/// Attestations: made by whoever signs.
const ATTESTED: [Field; 3] = [TERMS, DPO_INFORMED, ALTERNATIVE_LOGIN];

/// Unknown names told one by one.
const MOST_TOLD: usize = 10;

/// What a link asks to prefill.
#[derive(Clone, Debug, Default)]
pub struct Prefill {
    kept: Vec<(Step, Field, String)>,
    /// Names no field has, as they stand in the link, cut to a readable length.
    pub unknown: Vec<String>,
    /// Names of what a link may not say.
    pub forbidden: Vec<String>,
    /// « Nom du service : ce texte est trop long »: what was left out, and why.
    pub refused: Vec<String>,
}

impl Prefill {
    /// Reads what stands after the « ? » of the address.
    pub fn read(query: &str) -> Self {
        let mut prefill = Self::default();
        for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if !OF_THE_PAGE.contains(&key.as_ref()) && !value.trim().is_empty() {
                prefill.take(&key, value.into_owned());
            }
        }
        let cites = |field: &Field| *field == NATURE || *field == LEGAL_URL;
        let kept = &prefill.kept;
        if kept.iter().any(|(_, field, _)| cites(field)) && !kept.iter().any(|(_, field, _)| *field == CHOICE) {
            prefill.kept.push((Step::LegalBasis, CHOICE, OTHER.to_owned()));
        }
        prefill
    }

    fn take(&mut self, key: &str, value: String) {
        if is_forbidden(key) {
            return push_once(&mut self.forbidden, key);
        }
        let Some((step, field)) = field_of(key) else { return push_once(&mut self.unknown, key) };
        let mut typed = Fields::from_pairs(vec![(field.name.to_owned(), value.clone())]);
        typed.refuse_what_cannot_be_kept(&[field]);
        if let Some(sentence) = typed.error(field.name) {
            self.refused.push(format!("{} : {sentence}", field.label));
        } else if !is_a_choice(field, &value) {
            self.refused.push(format!("{} : « {} » n’est pas une valeur possible.", field.label, cut(&value)));
        } else if self.kept.iter().any(|(_, other, same)| *other == field && (field != SCOPES || *same == value)) {
            if field != SCOPES {
                self.refused.push(format!("{} : le lien le donne deux fois, la première valeur est gardée.", field.label));
            }
        } else {
            self.kept.push((step, field, value));
        }
    }

    /// Whether the link prefills nothing.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Whether something of the link was left out.
    pub fn leaves_out(&self) -> bool {
        !(self.unknown.is_empty() && self.forbidden.is_empty() && self.refused.is_empty())
    }

    /// What each step receives, as if it had been typed.
    pub fn steps(&self) -> impl Iterator<Item = (Step, Fields)> {
        OPEN.into_iter().filter_map(|step| {
            let of_step = self.kept.iter().filter(|(of, ..)| *of == step);
            let pairs: Vec<(String, String)> = of_step.map(|(_, field, value)| (field.name.to_owned(), value.clone())).collect();
            (!pairs.is_empty()).then(|| (step, Fields::from_pairs(pairs)))
        })
    }

    /// The same, to be proposed: saved by nobody before the person reads it.
    pub fn proposed(&self) -> Prefilled {
        let steps = self.steps().map(|(step, fields)| (step.slug().to_owned(), fields.all_to_json()));
        Prefilled::from_json(&Value::Object(steps.collect()))
    }

    /// What will be prefilled, as people read it.
    pub fn lines(&self) -> Vec<Line> {
        self.steps().flat_map(|(step, fields)| Section::as_typed(step, &fields)).collect()
    }

    /// The kept values, to carry from page to page.
    pub fn to_query(&self) -> String {
        let pairs = self.kept.iter().map(|(_, field, value)| (field.name, value.as_str()));
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }
}

/// Our name of what a link names as we do, or as DataPass does; a list may come with its brackets.
fn our_name(key: &str) -> &str {
    let key = key.trim_end_matches("[]");
    datapass::our_name(key).unwrap_or(if key == "scope" { SCOPES.name } else { key })
}

/// Whether the name is that of a person or of an attestation, ours or DataPass's.
fn is_forbidden(key: &str) -> bool {
    let names_somebody = |start: &str| key.strip_prefix(start).is_some_and(|rest| rest.starts_with('_'));
    let people = PEOPLE.iter().flat_map(|(ours, theirs)| [ours.prefix, theirs]).chain(["contact_metier"]);
    people.into_iter().any(names_somebody) || ATTESTED.iter().any(|field| field.name == our_name(key))
}

/// The field of that name here, or of DataPass's.
fn field_of(key: &str) -> Option<(Step, Field)> {
    let name = our_name(key);
    OPEN.into_iter().find_map(|step| step.fields().into_iter().find(|field| field.name == name).map(|field| (step, field)))
}

/// Where a field is a choice, whether the value is one of it.
fn is_a_choice(field: Field, value: &str) -> bool {
    if field == SCOPES {
        value.parse::<Scope>().is_ok()
    } else if field == ASSURANCE_LEVEL {
        value.parse::<AssuranceLevel>().is_ok()
    } else if field == CHOICE {
        [ARRETE_2018, OTHER].contains(&value)
    } else {
        true
    }
}

fn push_once(names: &mut Vec<String>, key: &str) {
    let name = cut(key);
    if names.len() < MOST_TOLD && !names.contains(&name) {
        names.push(name);
    }
}

fn cut(text: &str) -> String {
    crate::text::made_a_line(text, 40)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::applications::datapass_name;

    #[test]
    fn the_names_of_the_form_and_those_of_datapass_fill_the_same_fields() {
        let ours = Prefill::read("service_name=Portail&recipients=Le+service&retention_months=12&scopes=email&scopes=gender");
        let theirs = Prefill::read(
            "intitule=Portail&destinataire_donnees_caractere_personnel=Le+service&duree_conservation_donnees_caractere_personnel=12&scopes[]=email&scopes%5B%5D=gender",
        );
        assert_eq!(ours.to_query(), theirs.to_query());
        assert_eq!(ours.steps().map(|(step, _)| step).collect::<Vec<_>>(), [Step::Service, Step::Scopes, Step::PersonalData]);
        assert!(!ours.leaves_out() && !theirs.leaves_out());
    }

    #[test]
    fn people_and_attestations_never_come_from_a_link() {
        let link = "technical_contact_email=a@b.fr&data_controller_given_name=Jeanne&terms_accepted=oui&dpo_informed=oui&alternative_login=oui\
            &responsable_traitement_email=a@b.fr&data_protection_officer_informed=1";
        let prefill = Prefill::read(link);
        assert!(prefill.is_empty());
        assert_eq!(prefill.forbidden.len(), 7);
        assert!(prefill.unknown.is_empty());
    }

    #[test]
    fn what_cannot_be_kept_or_is_no_choice_is_left_out_and_told() {
        let long = "a".repeat(10_001);
        let prefill = Prefill::read(&format!(
            "service_name=a%00b&service_description={long}&scopes=salary&assurance_level=eidas_3&legal_choice=moi&colour=red&siret=1&colour=blue"
        ));
        assert!(prefill.is_empty());
        assert_eq!(prefill.refused.len(), 5, "{:?}", prefill.refused);
        assert_eq!(prefill.unknown, ["colour"]);
    }

    #[test]
    fn a_field_given_twice_keeps_the_first_and_says_so() {
        let prefill = Prefill::read("service_name=A&intitule=B&scopes=email&scopes=email");
        assert_eq!(prefill.to_query(), "service_name=A&scopes=email");
        assert_eq!(prefill.refused.len(), 1);
    }

    #[test]
    fn a_text_that_is_cited_is_another_text_than_the_arrete() {
        let prefill = Prefill::read("cadre_juridique_nature=Délibération");
        assert!(prefill.steps().next().expect("as written above").1.has(CHOICE.name, OTHER));
    }

    #[test]
    fn the_readme_names_every_key_a_link_may_hold() {
        let readme = include_str!("../../README.md");
        for field in OPEN.iter().flat_map(|step| step.fields()).filter(|field| !field.name.starts_with("why_")) {
            assert!(readme.contains(&format!("`{}`", field.name)), "{}", field.name);
            let theirs = datapass_name(field.name).filter(|_| field != SCOPES);
            assert!(theirs.is_none_or(|name| readme.contains(&format!("`{name}`"))), "{}", field.name);
        }
    }

    proptest! {
        #[test]
        fn what_is_carried_is_read_again(value in "\\PC{1,60}") {
            let link = url::form_urlencoded::Serializer::new(String::new()).append_pair("service_name", &value).finish();
            let carried = Prefill::read(&link).to_query();
            prop_assert_eq!(Prefill::read(&carried).to_query(), carried);
        }
    }
}
