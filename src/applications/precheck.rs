//! What the published rules find in a demande before a person reads it.

use time::Date;

use super::{case::Case, content::Content};
use crate::{
    criteria::{Finding, Rule, unknown},
    organisations::{LegalEntity, Organisation, Source, Standing},
};

mod administration;
mod candidature;
mod permanent;
mod shared;

/// The organisation of a demande, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// As its applicant names it while no register does.
    pub organisation: &'a Organisation,
    /// How it stands with the register.
    pub standing: Standing,
}

/// What the rules of its kind find, on the register's facts as they are known on that Paris date and on what the demande says. It refuses
/// nothing.
pub fn precheck(applicant: Known<'_>, content: &Content, on: Date) -> Vec<Finding> {
    match &content.case {
        Case::Administration => administration::findings(applicant, content),
        Case::PrivateAddressChange(answers) => permanent::of_address_change(applicant, content, answers),
        Case::PrivateIdentityCheck(answers) => permanent::of_identity_text(applicant, content, answers),
        Case::Experiment(answers) => candidature::findings(applicant, content, answers, on),
    }
}

impl Known<'_> {
    /// What a rule finds in the register's facts, or why there are none: a name declared where the register holds nothing is explained, one
    /// that waits for a register that is away is not.
    fn by_register(&self, rule: Rule, find: impl FnOnce(&LegalEntity) -> Finding) -> Finding {
        match (&self.organisation.facts, self.organisation.source) {
            (Some(facts), _) => find(facts),
            (None, Source::Declared) => Finding {
                fact: format!(
                    "Le nom «\u{a0}{}\u{a0}» est déclaré par le demandeur ; le registre Sirene ne l’a pas confirmé. Une personne le vérifiera.",
                    self.organisation.name
                ),
                ..unknown(rule)
            }
            .explained_when(matches!(self.standing, Standing::Unknown { .. })),
            (None, _) => unknown(rule),
        }
    }
}
