//! Act: fill the grid.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Appraisal, Appraised, criteria::criteria, store};
use crate::{
    accounts::Reviewer,
    applications, calendar,
    criteria::Rule,
    ids::ApplicationId,
    journal::{self, ExaminingFact, Subject},
    problem::Problem,
    review::open::{refuse_own, refuse_what_is_over},
};

/// What a person thinks of a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub rule: Rule,
    /// Fulfilled or not.
    pub appraisal: Appraisal,
    /// What they add, possibly nothing.
    pub note: String,
}

/// What the page was made of.
#[derive(Clone, Copy, Debug)]
pub struct Read {
    /// The version that was read.
    pub version: i32,
    /// The last fact that stood in the grid.
    pub seen: i64,
    /// What was thought of an earlier version holds for this one.
    pub confirms: bool,
}

const NOT_KEPT: &str = "La grille n’a pas été enregistrée.";

/// Writes what changed in the grid, each criterion a fact of its own; how many did.
///
/// # Errors
/// [`Problem::NotPossible`] when it is decided, when another version arrived, or naming who appraised the same criterion meanwhile;
/// [`Problem::Forbidden`] for one's own demande or organisation; the database's.
pub async fn fill(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    read: Read,
    wanted: &[Wanted],
    now: OffsetDateTime,
) -> Result<usize, Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    refuse_what_is_over(connection, &application, NOT_KEPT).await?;
    let refuse = |sentence: String| Problem::not_possible_but(sentence, "Voir la grille", format!("/instruction/{}#grille", id.0));
    let version = application.version;
    if version > read.version {
        return Err(refuse(format!(
            "Le demandeur a déposé la version {version} depuis que vous avez ouvert ce dossier. {NOT_KEPT} Relisez-le avant d’apprécier."
        )));
    }
    let before = store::find_appraised(connection, id).await?;
    let mut changed: Vec<String> = Vec::new();
    for wanted in wanted.iter().filter(|wanted| criteria(application.kind).contains(&wanted.rule)) {
        let last = before.iter().find(|appraised| appraised.rule == wanted.rule);
        if !changes(last, wanted, read.confirms.then_some(version)) {
            continue;
        }
        if let Some(other) = last.filter(|last| last.id > read.seen) {
            return Err(refuse(format!(
                "{} a apprécié le critère {} («\u{a0}{}\u{a0}») le {}, depuis que vous avez ouvert ce dossier. {NOT_KEPT}",
                other.by_name,
                other.rule,
                other.appraisal.label(),
                calendar::moment(other.at)
            )));
        }
        store::add_appraised(connection, (id, version), by.person().account, wanted, now).await?;
        changed.push(wanted.rule.to_string());
    }
    let count = changed.len();
    if count > 0 {
        let event = ExaminingFact::GridAppraised { version, criteria: changed }.into();
        journal::record(connection, &by.by(), Subject::application(id, application.organisation), &event, now).await?;
    }
    Ok(count)
}

/// Whether that is news; what is confirmed for `version` is, when it was about an earlier one.
fn changes(last: Option<&Appraised>, wanted: &Wanted, version: Option<i32>) -> bool {
    last.is_none_or(|last| {
        last.appraisal != wanted.appraisal || last.note != wanted.note || version.is_some_and(|version| last.version < version)
    })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn only_what_changes_is_written() {
        let last = Appraised {
            id: 1,
            version: 1,
            rule: Rule::A5,
            appraisal: Appraisal::Met,
            note: String::new(),
            by_name: "Nadia Ferrand".into(),
            at: datetime!(2026-12-01 9:00 UTC),
        };
        let wanted = |appraisal, note: &str| Wanted { rule: Rule::A5, appraisal, note: note.into() };
        for (before, wanted, confirmed, expected) in [
            (None, wanted(Appraisal::Met, ""), None, true),
            (Some(&last), wanted(Appraisal::Met, ""), None, false),
            (Some(&last), wanted(Appraisal::Met, ""), Some(2), true),
            (Some(&last), wanted(Appraisal::Met, ""), Some(1), false),
            (Some(&last), wanted(Appraisal::Unsure, ""), None, true),
            (Some(&last), wanted(Appraisal::Met, "Vu."), None, true),
        ] {
            assert_eq!(changes(before, &wanted, confirmed), expected, "{wanted:?} {confirmed:?}");
        }
    }
}
