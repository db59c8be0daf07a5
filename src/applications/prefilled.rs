//! What the steps of a new demande show before anybody types. Nothing of it is saved until the step is: the person reads it, changes it,
//! or keeps it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::step::Step;
use crate::fields::{Field, Fields};

/// Proposed answers, step by step.
#[derive(Clone, Debug, Default)]
pub struct Prefilled(BTreeMap<Step, Fields>);

impl Prefilled {
    /// From what [`Prefilled::to_json`] kept, or a table of ours: an object a step, by its address. What is no step is left out.
    pub fn from_json(kept: &Value) -> Self {
        let steps = kept.as_object().into_iter().flatten();
        Self(steps.filter_map(|(slug, fields)| Some((Step::from_slug(slug)?, Fields::from_json(fields)))).collect())
    }

    /// For the database; only fields that their step has.
    pub fn to_json(&self) -> Value {
        let steps =
            self.0.iter().map(|(step, fields)| (step.slug().to_owned(), fields.to_json(step.fields().iter().map(|field| field.name))));
        Value::Object(steps.collect::<Map<String, Value>>())
    }

    /// The answers proposed for a step.
    pub fn of(&self, step: Step) -> Fields {
        self.0.get(&step).cloned().unwrap_or_default()
    }

    /// These answers and, where there is none, those of another.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        for (step, fields) in &other.0 {
            let own = self.0.entry(*step).or_default();
            for field in step.fields() {
                if own.values(field.name).next().is_none() {
                    own.set_all(field.name, fields.values(field.name).map(str::to_owned).collect::<Vec<_>>());
                }
            }
        }
        self
    }

    /// Proposes an answer, unless one is already; nothing is no answer.
    pub fn propose(&mut self, step: Step, field: Field, value: impl Into<String>) {
        let fields = self.0.entry(step).or_default();
        let value = value.into();
        if fields.value(field.name).is_empty() && !value.is_empty() {
            fields.set(field.name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::{assurance::ASSURANCE_LEVEL, case::contribution::SECTOR};

    #[test]
    fn what_is_proposed_comes_back_and_what_no_step_asks_does_not() {
        let kept = serde_json::json!({"niveau": {"assurance_level": "eidas_1", "admin": "oui"}, "etape": {"a": "b"}});
        let mut prefilled = Prefilled::from_json(&kept);
        prefilled.propose(Step::Assurance, ASSURANCE_LEVEL, "eidas_2");
        prefilled.propose(Step::Contribution, SECTOR, "sante");
        let back = Prefilled::from_json(&prefilled.to_json());
        assert_eq!(back.of(Step::Assurance).value("assurance_level"), "eidas_1", "the first proposal stays");
        assert_eq!(back.of(Step::Assurance).value("admin"), "");
        assert_eq!(back.of(Step::Contribution).value("sector"), "sante");
        assert_eq!(back.of(Step::Contacts).value("moi"), "");
    }

    #[test]
    fn another_s_answers_fill_only_the_gaps() {
        let own = Prefilled::from_json(&serde_json::json!({"niveau": {"assurance_level": "eidas_1"}}));
        let other = serde_json::json!({"niveau": {"assurance_level": "eidas_2"}, "secteur": {"sector": "sante"}});
        let both = own.or(&Prefilled::from_json(&other));
        assert_eq!(both.of(Step::Assurance).value("assurance_level"), "eidas_1");
        assert_eq!(both.of(Step::Contribution).value("sector"), "sante");
    }
}
