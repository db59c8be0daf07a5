//! What has been typed so far, step by step, and what is missing.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::{form::Form, step::Step};
use crate::{fields::Fields, ids::AccountId};

pub(super) mod store;

/// A step as last saved.
#[derive(Clone, Debug)]
pub struct SavedStep {
    /// As typed.
    pub fields: Fields,
    /// Grows at each save.
    pub revision: i32,
    /// When.
    pub saved_at: OffsetDateTime,
    /// By whom.
    pub saved_by: AccountId,
    /// Their name, as of today.
    pub saved_by_name: String,
}

/// Every step saved so far.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Which questions it answers.
    pub form: Form,
    steps: BTreeMap<Step, SavedStep>,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// Never saved.
    ToFill,
    /// So many points are missing or wrong.
    Missing(usize),
    /// Nothing is missing.
    Complete,
}

impl Draft {
    /// From what is saved.
    pub fn new(form: Form, steps: impl IntoIterator<Item = (Step, SavedStep)>) -> Self {
        Self { form, steps: steps.into_iter().collect() }
    }

    /// The step as last saved.
    pub fn saved(&self, step: Step) -> Option<&SavedStep> {
        self.steps.get(&step)
    }

    /// What the step's page shows: as last saved, prefilled otherwise.
    pub fn fields(&self, step: Step) -> Fields {
        self.saved(step).map_or_else(|| self.form.prefilled(step), |saved| saved.fields.clone())
    }

    /// The revision a page must bring back; 0 before the first save.
    pub fn revision(&self, step: Step) -> i32 {
        self.saved(step).map_or(0, |saved| saved.revision)
    }

    /// The sum of the revisions: changes when any step does.
    pub fn seen(&self) -> i32 {
        self.steps.values().map(|saved| saved.revision).sum()
    }

    /// How far a step is.
    pub fn completeness(&self, step: &Step) -> Completeness {
        let Some(saved) = self.saved(*step) else { return Completeness::ToFill };
        let mut fields = saved.fields.clone();
        self.form.check(*step, &mut fields);
        match fields.errors().len() {
            0 => Completeness::Complete,
            count => Completeness::Missing(count),
        }
    }

    /// The steps that still miss something.
    pub fn unfinished(&self) -> impl Iterator<Item = Step> {
        self.form.steps().iter().copied().filter(|step| self.completeness(step) != Completeness::Complete)
    }

    /// The first step to go on with.
    pub fn first_unfinished(&self) -> Option<Step> {
        self.unfinished().next()
    }
}

impl Completeness {
    /// As the side menu says it.
    pub fn label(self) -> String {
        match self {
            Self::ToFill => "à remplir".into(),
            Self::Missing(1) => "1 manque".into(),
            Self::Missing(count) => format!("{count} manques"),
            Self::Complete => "complet".into(),
        }
    }

    /// Whether nothing is missing.
    pub fn is_complete(self) -> bool {
        self == Self::Complete
    }
}
