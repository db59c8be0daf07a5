//! What has been typed so far, step by step, and what is missing.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::{form::Form, step::Step};
use crate::{
    attachments::{self, Attachment},
    calendar,
    fields::Fields,
    ids::AccountId,
};

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

impl SavedStep {
    /// « Enregistré à 14 h 03 », or the day when it was another.
    pub fn line(&self, now: OffsetDateTime) -> String {
        if calendar::paris_date(self.saved_at) == calendar::paris_date(now) {
            format!("Enregistré à {}", calendar::time_of_day(self.saved_at))
        } else {
            format!("Enregistré le {}", calendar::day(self.saved_at))
        }
    }
}

/// Every step saved so far, and the files joined.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Which questions it answers.
    pub form: Form,
    steps: BTreeMap<Step, SavedStep>,
    files: Vec<Attachment>,
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
    pub fn new(form: Form, steps: impl IntoIterator<Item = (Step, SavedStep)>, files: Vec<Attachment>) -> Self {
        Self { form, steps: steps.into_iter().collect(), files }
    }

    /// The files joined to a field.
    pub fn files(&self, field: &str) -> Vec<&Attachment> {
        attachments::of_field(&self.files, field)
    }

    /// Every file joined.
    pub fn all_files(&self) -> &[Attachment] {
        &self.files
    }

    /// The step as last saved.
    pub fn saved(&self, step: Step) -> Option<&SavedStep> {
        self.steps.get(&step)
    }

    /// What the step's page shows: as last saved, prefilled otherwise.
    pub fn fields(&self, step: Step) -> Fields {
        let mut fields = self.saved(step).map_or_else(|| self.form.prefilled(step), |saved| saved.fields.clone());
        self.add_files(step, &mut fields);
        fields
    }

    /// Lets what checks a step see the files joined to it: each is a value of its field.
    pub fn add_files(&self, step: Step, fields: &mut Fields) {
        for field in self.form.file_fields(step) {
            fields.set_all(field.name, self.files(field.name).into_iter().map(|file| file.id.to_string()));
        }
    }

    /// The revision a page must bring back; 0 before the first save.
    pub fn revision(&self, step: Step) -> i32 {
        self.saved(step).map_or(0, |saved| saved.revision)
    }

    /// Changes when any step or file does: the sum of the revisions, and what tells the files apart.
    pub fn seen(&self) -> i32 {
        let files =
            self.files.iter().map(|file| i32::from_be_bytes([0, file.id.as_bytes()[13], file.id.as_bytes()[14], file.id.as_bytes()[15]]));
        self.steps.values().map(|saved| saved.revision).chain(files).fold(0, i32::wrapping_add)
    }

    /// How far a step is.
    pub fn completeness(&self, step: &Step) -> Completeness {
        if self.saved(*step).is_none() {
            return Completeness::ToFill;
        }
        let mut fields = self.fields(*step);
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
