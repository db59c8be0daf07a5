//! The facts of the register beside what the demande declares.

use crate::{
    applications::{Kind, Version},
    criteria::sector_hint,
    organisations::{self, Identity, LegalCategory, Nature, Source},
};

/// A fact, from both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: &'static str,
    /// As the register told it at the deposit, or nothing.
    pub register: String,
    /// As it tells it today, when that is something else.
    pub today: Option<String>,
    /// As the demande says it, or nothing.
    pub declared: String,
    /// The two do not go together: a person looks. It refuses nothing.
    pub differs: bool,
}

/// The facts of a version's organisation; `declared_name` is how its applicant named it, `today` what the register says since.
pub fn facts(kind: Kind, version: &Version, identity: &Identity, today: Option<&Identity>, declared_name: Option<&str>) -> Vec<Fact> {
    let is_known = version.organisation.source != Source::Declared;
    let fact = |label, of: &dyn Fn(&Identity) -> String, declared: String, differs: bool| Fact {
        label,
        register: if is_known { of(identity) } else { String::new() },
        today: today.map(of).filter(|today| *today != of(identity)),
        declared,
        differs,
    };
    let only_declared = |said: String| if is_known { String::new() } else { said };
    let name = declared_name.map_or_else(|| only_declared(identity.name.clone()), str::to_owned);
    let name_differs = is_known && !name.is_empty() && !same_words(&name, &identity.name);
    let (sector, sector_differs) = sector(version);
    let mut facts = vec![
        fact("Dénomination", &|it| it.name.clone(), name, name_differs),
        fact("SIRET", &|it| it.siret.to_string(), identity.siret.to_string(), false),
        fact("Forme juridique", &legal_form, applicant(kind).into(), contradicts(kind, identity)),
        fact("Adresse", &|it| it.address.clone(), only_declared(identity.address.clone()), false),
        fact("Département", &|it| it.department.to_owned(), String::new(), false),
        fact("Activité principale", &activity, sector, sector_differs),
        fact("Création de l’établissement", &|it| it.created_on.clone(), evidence(version), false),
        fact("État", &|it| it.state.to_owned(), String::new(), false),
    ];
    facts.retain(|fact| !fact.register.is_empty() || !fact.declared.is_empty() || fact.today.is_some());
    facts
}

fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| text.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    words(one) == words(other)
}

fn legal_form(identity: &Identity) -> String {
    identity.legal_category.map_or_else(String::new, |category| match category.label() {
        Some(label) => format!("{label} ({category})"),
        None => format!("Catégorie {category}"),
    })
}

fn activity(identity: &Identity) -> String {
    match organisations::activity_label(&identity.activity_code) {
        Some(label) => format!("{} – {label}", identity.activity_code),
        None => identity.activity_code.clone(),
    }
}

/// Who may file that kind of demande, as they present themselves.
fn applicant(kind: Kind) -> &'static str {
    if kind.is_private() { "Entreprise ou association" } else { "Administration" }
}

fn contradicts(kind: Kind, identity: &Identity) -> bool {
    match identity.legal_category.map(LegalCategory::nature) {
        Some(Nature::Public) => kind.is_private(),
        Some(Nature::Private(_)) => !kind.is_private(),
        Some(Nature::ToBeChecked) | None => false,
    }
}

/// The sector a candidate chose, and whether the activity in the register evokes another.
fn sector(version: &Version) -> (String, bool) {
    let Some(candidature) = version.content.case.candidature() else { return (String::new(), false) };
    let chosen = candidature.contribution.sector;
    let hint = version.organisation.facts.as_ref().and_then(sector_hint);
    (chosen.label().to_owned(), hint.is_some_and(|hint| hint.sector != chosen))
}

/// What a candidate adds about the age of its activity.
fn evidence(version: &Version) -> String {
    version.content.case.candidature().map(|candidature| candidature.contribution.evidence.clone()).unwrap_or_default()
}
