//! What a demande starts as: a kind, and what is already known of its answers. A table to be edited; nothing of it is frozen, each answer
//! is read and kept or changed by the person.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::{
    application::Kind,
    case::{
        address_change::{MORE, ONLY, USE},
        contribution::SECTOR,
    },
    contacts::{DATA_CONTROLLER, DPO},
    prefilled::Prefilled,
    step::Step,
};
use crate::{
    criteria::Sector,
    fields::{Field, Fields},
    organisations::{LegalCategory, Nature},
};

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| serde_json::from_str(include_str!("presets.json")).unwrap_or_default());

/// The choice, on the page that starts a demande and in the addresses that lead to it.
pub const PRESET: Field = Field { name: "type", label: "Quelle demande ?" };

/// A way to start.
#[derive(Clone, Debug, Deserialize)]
pub struct Preset {
    /// As addresses and forms say it.
    pub slug: String,
    /// The kind of demande it starts.
    #[serde(deserialize_with = "kind_by_name")]
    pub kind: Kind,
    /// As people choose it.
    pub label: String,
    /// In a sentence.
    pub about: String,
    /// What the steps show first.
    steps: Value,
}

fn kind_by_name<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

impl Preset {
    /// All of them, in the order of the page.
    pub fn all() -> &'static [Self] {
        &PRESETS
    }

    /// The one of that name.
    pub fn named(slug: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.slug == slug)
    }

    /// What the register's legal category proposes: a public body asks as an administration, a private one in one of the three cases, whom
    /// nothing classes may choose. Each may still say it is something else.
    pub fn proposed(nature: Option<Nature>) -> impl Iterator<Item = &'static Self> {
        PRESETS.iter().filter(move |preset| match nature {
            Some(Nature::Public) => !preset.kind.is_private(),
            Some(Nature::Private(_)) => preset.kind.is_private(),
            Some(Nature::ToBeChecked) | None => true,
        })
    }

    /// What the steps show first, with what the wizard was told and what the register lets know.
    pub fn prefilled(&self, told: &Fields, category: Option<LegalCategory>) -> Prefilled {
        let mut prefilled = Prefilled::from_json(&self.steps);
        if let Ok(sector) = told.value("secteur").parse::<Sector>() {
            prefilled.propose(Step::Contribution, SECTOR, sector.to_string());
        }
        if matches!(told.value("usage"), ONLY | MORE) {
            prefilled.propose(Step::AddressChange, USE, told.value("usage"));
        }
        if self.kind == Kind::Administration {
            prefilled.propose(Step::Contacts, DATA_CONTROLLER.job_title, head_of(category));
            prefilled.propose(Step::Contacts, DPO.job_title, DPO.title);
        }
        prefilled
    }
}

/// What the register says otherwise than a demande of that kind; nothing when it proposes the kind. It stops nobody: a person decides.
pub fn doubt(kind: Kind, nature: Option<Nature>) -> Option<&'static str> {
    if Preset::proposed(nature).any(|preset| preset.kind == kind) {
        return None;
    }
    Some(if kind.is_private() {
        "Le registre classe cet organisme parmi les administrations, et cette demande est celle d’un organisme privé. Il faudra l’expliquer pour la déposer."
    } else {
        "Le registre classe cet organisme parmi les organismes privés. S’il est chargé d’une mission de service public administratif, il faudra l’expliquer pour déposer la demande."
    })
}

/// What the person who answers for a body of that category is called, when the law says it (CGCT): the usual data controller.
fn head_of(category: Option<LegalCategory>) -> &'static str {
    match category.map(LegalCategory::number) {
        Some(7210) => "Maire",
        Some(7220) => "Président du conseil départemental",
        Some(7230) => "Président du conseil régional",
        Some(7341..=7348 | 7353..=7355) => "Président",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{applications::form::Form, organisations::PrivateKind};

    #[test]
    fn every_preset_starts_its_kind_with_answers_its_steps_accept() {
        assert_eq!(Preset::all().len(), 5, "the table is read");
        for preset in Preset::all() {
            let form = Form { prefilled: preset.prefilled(&Fields::default(), None), ..Form::of(preset.kind) };
            for (slug, fields) in preset.steps.as_object().expect("steps") {
                let step = form.step_at(slug).unwrap_or_else(|| panic!("{} has no step {slug}", preset.slug));
                let mut shown = form.prefilled(step);
                assert_eq!(
                    &shown.to_json(step.fields().iter().map(|field| field.name)),
                    fields,
                    "{}: a name its step does not have",
                    preset.slug
                );
                form.check(step, &mut shown);
                assert!(shown.is_valid(), "{} {slug}: {:?}", preset.slug, shown.errors());
            }
        }
    }

    #[test]
    fn the_register_proposes_and_what_it_cannot_tell_leaves_everything_open() {
        let proposed = |nature| Preset::proposed(nature).map(|preset| preset.slug.as_str()).collect::<Vec<_>>();
        assert_eq!(proposed(Some(Nature::Public)), ["administration", "sante"]);
        assert_eq!(proposed(Some(Nature::Private(PrivateKind::Company))), ["adresse", "identite", "experimentation"]);
        assert_eq!(proposed(None).len(), 5);
    }

    #[test]
    fn what_the_register_does_not_propose_is_said_and_nothing_is_closed() {
        let private = Some(Nature::Private(PrivateKind::Association));
        for (kind, nature, said) in [
            (Kind::Administration, Some(Nature::Public), None),
            (Kind::Administration, private, Some("mission de service public")),
            (Kind::Administration, Some(Nature::ToBeChecked), None),
            (Kind::Experiment, Some(Nature::Public), Some("parmi les administrations")),
            (Kind::Experiment, private, None),
            (Kind::PrivateAddressChange, None, None),
        ] {
            let doubt = doubt(kind, nature);
            assert_eq!(doubt.is_some(), said.is_some(), "{kind} {nature:?}");
            assert!(said.is_none_or(|words| doubt.is_some_and(|doubt| doubt.contains(words))), "{doubt:?}");
        }
    }

    #[test]
    fn what_the_wizard_was_told_is_not_asked_twice() {
        let told = Fields::from_query("secteur=transport&usage=aussi");
        let candidature = Preset::named("experimentation").expect("there").prefilled(&told, None);
        assert_eq!(candidature.of(Step::Contribution).value("sector"), "transport");
        let address = Preset::named("adresse").expect("there").prefilled(&told, None);
        assert_eq!(address.of(Step::AddressChange).value("address_use"), "aussi");
        let town_hall =
            Preset::named("administration").expect("there").prefilled(&Fields::from_query("secteur=luxe"), LegalCategory::parse("7210"));
        assert_eq!(town_hall.of(Step::Contacts).value("data_controller_job_title"), "Maire");
        assert_eq!(town_hall.of(Step::Contribution).value("sector"), "");
    }
}
