//! Files of two versions: told apart by their checksum, never by their name.

use super::{Change, ComparedLine, ComparedPart, Piece};
use crate::{
    applications::{Form, Kind, reading::Line},
    attachments::Attachment,
};
use strum::VariantArray;

/// A file as handed in with a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedFile {
    /// The label of the field it answers.
    pub field: String,
    /// Its name, as its owner called it.
    pub name: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

impl ComparedFile {
    /// The files a version was handed in with.
    pub(super) fn all(files: &[Attachment]) -> Vec<Self> {
        let told = |file: &Attachment| {
            let field = file.field.as_deref().map_or("Fichier", label);
            Self { field: field.to_owned(), name: file.name.as_str().to_owned(), sha256: file.checksum.to_string() }
        };
        files.iter().map(told).collect()
    }

    /// « parcours.pdf (9f2c41d0…) ».
    fn words(&self) -> String {
        format!("{} ({}…)", self.name, self.sha256.chars().take(8).collect::<String>())
    }

    fn line(&self, change: Change, pieces: Vec<Piece>, remark: &'static str) -> ComparedLine {
        ComparedLine { field: String::new(), label: self.field.clone(), change, pieces, remark }
    }
}

/// The label of a field that takes files, whatever the form.
fn label(name: &str) -> &'static str {
    let forms = Kind::VARIANTS.iter().map(|kind| Form::of(*kind));
    let mut fields = forms.flat_map(|form| form.steps().iter().flat_map(move |step| form.file_fields(*step)).collect::<Vec<_>>());
    fields.find(|field| field.name == name).map_or("Fichier", |field| field.label)
}

/// The part that holds the files; nothing when neither version has any.
pub(super) fn compare(before: &[ComparedFile], after: &[ComparedFile]) -> Option<ComparedPart> {
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let mut left: Vec<&ComparedFile> = before.iter().collect();
    let mut take = |wanted: &dyn Fn(&ComparedFile) -> bool| left.iter().position(|other| wanted(other)).map(|index| left.remove(index));
    let (mut changed, mut unchanged, mut fresh) = (Vec::new(), Vec::new(), Vec::new());
    // The same content first: a file that was only renamed must not be paired with another of its old name.
    for file in after {
        match take(&|other| other.field == file.field && other.sha256 == file.sha256) {
            Some(other) if other.name == file.name => unchanged.push(Line::new(&file.field, file.words())),
            Some(other) => {
                let pieces = vec![Piece::Removed(other.words()), Piece::Added(file.words())];
                changed.push(file.line(Change::Reworded, pieces, "Même contenu, nom différent."));
            }
            None => fresh.push(file),
        }
    }
    for file in fresh {
        match take(&|other| other.field == file.field && other.name == file.name) {
            Some(other) => {
                let pieces = vec![Piece::Removed(other.words()), Piece::Added(file.words())];
                changed.push(file.line(Change::Reworded, pieces, "Même nom, contenu différent."));
            }
            None => changed.push(file.line(Change::Added, vec![Piece::Added(file.words())], "")),
        }
    }
    changed.extend(left.into_iter().map(|file| file.line(Change::Removed, vec![Piece::Removed(file.words())], "")));
    Some(ComparedPart { slug: "pieces", title: "Les pièces jointes", changed, unchanged })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, sha256: &str) -> ComparedFile {
        ComparedFile { field: "Maquette".into(), name: name.into(), sha256: sha256.into() }
    }

    #[test]
    fn a_file_is_known_by_its_checksum_not_by_its_name() {
        let before = [file("a.pdf", "1111111111"), file("b.pdf", "2222222222"), file("c.pdf", "3333333333"), file("d.pdf", "4444444444")];
        let after =
            [file("b.pdf", "9999999999"), file("a.pdf", "1111111111"), file("renommé.pdf", "3333333333"), file("neuf.pdf", "5555555555")];
        let part = compare(&before, &after).expect("as written above");
        assert_eq!(part.unchanged, [Line::new("Maquette", "a.pdf (11111111…)")]);
        let said: Vec<(Change, &str)> = part.changed.iter().map(|line| (line.change, line.remark)).collect();
        assert_eq!(
            said,
            [
                (Change::Reworded, "Même contenu, nom différent."),
                (Change::Reworded, "Même nom, contenu différent."),
                (Change::Added, ""),
                (Change::Removed, "")
            ]
        );
        assert_eq!(part.changed[1].pieces, [Piece::Removed("b.pdf (22222222…)".into()), Piece::Added("b.pdf (99999999…)".into())]);
        assert_eq!(part.changed[3].pieces, [Piece::Removed("d.pdf (44444444…)".into())]);
    }

    #[test]
    fn no_file_at_all_is_no_part() {
        assert_eq!(compare(&[], &[]), None);
    }
}
