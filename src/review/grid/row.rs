//! The grid as a person reads it.

use super::{Appraisal, Appraised, criteria::criteria};
use crate::{
    applications::{Kind, Version},
    criteria::{Finding, Rule},
};

/// A criterion, what the pre-check found and what a person thinks.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub rule: Rule,
    /// What the rules found in the version.
    pub finding: Option<Finding>,
    /// What was thought last, on this version or an earlier one.
    pub appraised: Option<Appraised>,
    /// The version the grid is about.
    version: i32,
}

/// The grid of a version; `appraised` holds the last fact of each criterion.
pub fn rows(kind: Kind, version: &Version, appraised: &[Appraised]) -> Vec<Row> {
    let row = |rule: &Rule| Row {
        rule: *rule,
        finding: version.findings.iter().find(|finding| finding.rule == *rule).cloned(),
        appraised: appraised.iter().find(|appraised| appraised.rule == *rule).cloned(),
        version: version.number,
    };
    criteria(kind).iter().map(row).collect()
}

impl Row {
    /// What the form starts with: what a person thought, or what the finding proposes.
    pub fn starts_with(&self) -> Option<Appraisal> {
        let proposed = || self.finding.as_ref().and_then(|finding| Appraisal::proposed_by(finding.outcome));
        self.appraised.as_ref().map_or_else(proposed, |appraised| Some(appraised.appraisal))
    }

    /// The earlier version its appraisal is about.
    pub fn carried_from(&self) -> Option<i32> {
        self.appraised.as_ref().map(|appraised| appraised.version).filter(|version| *version < self.version)
    }

    /// What the person added.
    pub fn note(&self) -> &str {
        self.appraised.as_ref().map_or("", |appraised| appraised.note.as_str())
    }

    /// Nobody thought of it yet, and the form comes with a proposal.
    pub fn is_proposed(&self) -> bool {
        self.appraised.is_none() && self.starts_with().is_some()
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::criteria::Outcome;

    fn row(outcome: Outcome, appraised: Option<(i32, Appraisal)>) -> Row {
        let appraised = appraised.map(|(version, appraisal)| Appraised {
            id: 1,
            version,
            rule: Rule::A2,
            appraisal,
            note: "Vu.".into(),
            by_name: "Nadia Ferrand".into(),
            at: datetime!(2026-12-01 9:00 UTC),
        });
        Row { rule: Rule::A2, finding: Some(Finding::declared(Rule::A2, outcome, "Un texte.")), appraised, version: 2 }
    }

    #[test]
    fn the_findings_propose_and_a_person_decides() {
        for (outcome, appraised, starts_with, is_proposed, carried_from) in [
            (Outcome::Pass, None, Some(Appraisal::Met), true, None),
            (Outcome::Fail, None, Some(Appraisal::NotMet), true, None),
            (Outcome::ToCheck, None, None, false, None),
            (Outcome::Pass, Some((2, Appraisal::Unsure)), Some(Appraisal::Unsure), false, None),
            (Outcome::Pass, Some((1, Appraisal::NotMet)), Some(Appraisal::NotMet), false, Some(1)),
        ] {
            let row = row(outcome, appraised);
            assert_eq!((row.starts_with(), row.is_proposed(), row.carried_from()), (starts_with, is_proposed, carried_from), "{row:?}");
            assert_eq!(row.note().is_empty(), appraised.is_none());
        }
    }
}
