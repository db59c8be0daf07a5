//! What changed from one version of a demande to another: texts word by word, data, contacts, facts of the organisation, files.

use super::{reading::Line, version::Version};

mod files;
mod part;
mod words;

pub use part::Part;
pub use words::{Piece, compare_texts};

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not there.
    Added,
    /// It is no longer there.
    Removed,
    /// It says something else.
    Reworded,
}

impl Change {
    /// As people read it, beside the label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Added => "ajouté",
            Self::Removed => "retiré",
            Self::Reworded => "modifié",
        }
    }
}

/// A line that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedLine {
    /// The field of the form, or nothing.
    pub field: String,
    /// Its label.
    pub label: String,
    /// What became of it.
    pub change: Change,
    /// Its words, in the order they are read.
    pub pieces: Vec<Piece>,
    /// What must be said besides, or nothing.
    pub remark: &'static str,
}

impl ComparedLine {
    /// What the older version says, without what was added.
    pub fn before(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| !matches!(piece, Piece::Added(_)))
    }

    /// What the newer version says, without what was removed.
    pub fn after(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| !matches!(piece, Piece::Removed(_)))
    }
}

/// A part of the demande: what changed in it, and what did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedPart {
    /// Its anchor: the address of the step when it is one.
    pub slug: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// In the order of the newer version.
    pub changed: Vec<ComparedLine>,
    /// Word for word the same.
    pub unchanged: Vec<Line>,
}

/// Two versions, part by part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The number of the older one.
    pub before: i32,
    /// The number of the newer one.
    pub after: i32,
    /// Every part either has.
    pub parts: Vec<ComparedPart>,
}

impl Comparison {
    /// Two versions of one demande, with the files each was handed in with.
    pub fn of(before: &Version, after: &Version) -> Self {
        let (older, newer) = (Part::of_version(before), Part::of_version(after));
        let mut parts = compare_parts(&older, &newer);
        parts.extend(files::compare(&before.files, &after.files));
        Self { before: before.number, after: after.number, parts }
    }

    /// The parts in which something changed.
    pub fn changed(&self) -> impl Iterator<Item = &ComparedPart> {
        self.parts.iter().filter(|part| !part.changed.is_empty())
    }

    /// The parts in which nothing did.
    pub fn unchanged(&self) -> impl Iterator<Item = &ComparedPart> {
        self.parts.iter().filter(|part| part.changed.is_empty())
    }

    /// How many lines are not what they were.
    pub fn count(&self) -> usize {
        self.parts.iter().map(|part| part.changed.len()).sum()
    }

    /// What changed where something was asked: in one field, or in a whole part.
    pub fn of_field(&self, slug: &str, field: &str) -> Vec<&ComparedLine> {
        let part = self.parts.iter().filter(|part| part.slug == slug);
        part.flat_map(|part| &part.changed).filter(|line| field.is_empty() || line.field == field).collect()
    }
}

/// Every part of either, in the order of the newer; those that are gone come last.
fn compare_parts(older: &[Part], newer: &[Part]) -> Vec<ComparedPart> {
    let gone = older.iter().filter(|part| !newer.iter().any(|other| other.slug == part.slug));
    newer
        .iter()
        .map(|part| {
            let before = older.iter().find(|other| other.slug == part.slug).map_or(&[][..], |other| &other.lines);
            compare_lines(part.slug, part.title, before, &part.lines)
        })
        .chain(gone.map(|part| compare_lines(part.slug, part.title, &part.lines, &[])))
        .collect()
}

fn compare_lines(slug: &'static str, title: &'static str, before: &[Line], after: &[Line]) -> ComparedPart {
    let mut left: Vec<&Line> = before.iter().collect();
    let (mut changed, mut unchanged) = (Vec::new(), Vec::new());
    for line in after {
        match left.iter().position(|other| other.label == line.label).map(|index| left.remove(index)) {
            None => changed.push(whole(line, Change::Added)),
            Some(other) if other.value == line.value => unchanged.push(line.clone()),
            Some(other) => changed.push(ComparedLine {
                field: line.field.clone(),
                label: line.label.clone(),
                change: Change::Reworded,
                pieces: compare_texts(&other.value, &line.value),
                remark: "",
            }),
        }
    }
    changed.extend(left.into_iter().map(|line| whole(line, Change::Removed)));
    ComparedPart { slug, title, changed, unchanged }
}

/// A line that is only in one of the two.
fn whole(line: &Line, change: Change) -> ComparedLine {
    let value = line.value.clone();
    let piece = if change == Change::Added { Piece::Added(value) } else { Piece::Removed(value) };
    ComparedLine { field: line.field.clone(), label: line.label.clone(), change, pieces: vec![piece], remark: "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: &str, value: &str) -> Line {
        Line { field: label.to_lowercase(), label: label.into(), value: value.into() }
    }

    #[test]
    fn lines_are_paired_by_their_label_whatever_their_order() {
        let before = [line("Sexe", "La civilité."), line("Date", "L’âge."), line("Prénoms", "")];
        let after = [line("Prénoms", ""), line("Date", "L’âge exact."), line("Ville", "Les homonymes.")];
        let part = compare_lines("donnees", "Les données", &before, &after);
        let changes: Vec<(&str, Change)> = part.changed.iter().map(|line| (line.label.as_str(), line.change)).collect();
        assert_eq!(changes, [("Date", Change::Reworded), ("Ville", Change::Added), ("Sexe", Change::Removed)]);
        assert_eq!(part.unchanged, [line("Prénoms", "")]);
    }

    #[test]
    fn a_part_that_only_one_version_has_is_all_added_or_all_removed() {
        let only = |slug, title| Part { slug, title, lines: vec![line("Texte", "La loi.")] };
        let parts = compare_parts(&[only("cadre", "Le cadre")], &[only("service", "Le service")]);
        let changes: Vec<_> = parts.iter().map(|part| (part.slug, part.changed[0].change)).collect();
        assert_eq!(changes, [("service", Change::Added), ("cadre", Change::Removed)]);
    }

    #[test]
    fn what_was_asked_of_a_field_or_of_a_step_finds_what_changed_there() {
        let parts = vec![compare_lines(
            "donnees",
            "Les données",
            &[line("Sexe", "a"), line("Ville", "b")],
            &[line("Sexe", "c"), line("Ville", "d")],
        )];
        let comparison = Comparison { before: 1, after: 2, parts };
        assert_eq!(comparison.of_field("donnees", "sexe").len(), 1);
        assert_eq!(comparison.of_field("donnees", "").len(), 2);
        assert!(comparison.of_field("service", "").is_empty());
    }
}
