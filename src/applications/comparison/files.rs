//! Files of two versions: told apart by their checksum, never by their name.

use std::collections::BTreeSet;

use strum::VariantArray;

use super::{Change, ComparedLine, ComparedPart, Piece};
use crate::{
    applications::{Form, Kind, Step, reading::Line},
    attachments::{self, Attachment, FileChange},
};

/// The part that holds the files; nothing when neither version has any.
pub(super) fn compare(before: &[Attachment], after: &[Attachment]) -> Option<ComparedPart> {
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let (mut changed, mut unchanged) = (Vec::new(), Vec::new());
    for file in after {
        match attachments::change(before, after, file) {
            FileChange::Same => unchanged.push(Line::new(label(file), words(file))),
            FileChange::Renamed(other) => changed.push(reworded(other, file, "Même contenu, nom différent.")),
            FileChange::Replaced(other) if other.name == file.name => changed.push(reworded(other, file, "Même nom, contenu différent.")),
            FileChange::Replaced(other) => changed.push(reworded(other, file, "Un autre fichier à la même place.")),
            FileChange::Added => changed.push(line(file, Change::Added, vec![Piece::Added(words(file))], "")),
        }
    }
    let fields: BTreeSet<&str> = before.iter().filter_map(|file| file.field.as_deref()).collect();
    for file in fields.into_iter().flat_map(|field| attachments::gone(before, after, field)) {
        changed.push(line(file, Change::Removed, vec![Piece::Removed(words(file))], ""));
    }
    Some(ComparedPart { slug: "pieces", title: "Les pièces jointes", changed, unchanged })
}

/// « parcours.pdf (9f2c41d0) ».
fn words(file: &Attachment) -> String {
    format!("{} ({})", file.name, file.checksum.short())
}

fn line(file: &Attachment, change: Change, pieces: Vec<Piece>, remark: &'static str) -> ComparedLine {
    ComparedLine { field: String::new(), label: label(file).to_owned(), change, pieces, remark }
}

fn reworded(before: &Attachment, after: &Attachment, remark: &'static str) -> ComparedLine {
    line(after, Change::Reworded, vec![Piece::Removed(words(before)), Piece::Added(words(after))], remark)
}

/// The label of the field a file answers, whatever the form.
fn label(file: &Attachment) -> &'static str {
    let forms = Kind::VARIANTS.iter().map(|kind| Form::of(*kind));
    let mut fields = forms.flat_map(|form| Step::ALL.iter().flat_map(move |step| form.file_fields(*step)).collect::<Vec<_>>());
    fields.find(|field| Some(field.name) == file.field.as_deref()).map_or("Fichier", |field| field.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attachments::Checksum;

    fn file(line: u128, name: &str, holds: u8) -> Attachment {
        Attachment { checksum: Checksum([holds; 32]), ..Attachment::example(line, name) }
    }

    #[test]
    fn a_file_is_known_by_its_checksum_not_by_its_name() {
        let before =
            [file(1, "a.pdf", 0x11), file(2, "b.pdf", 0x22), file(3, "c.pdf", 0x33), file(4, "d.pdf", 0x44), file(5, "e.pdf", 0x55)];
        let after = [
            file(12, "b.pdf", 0x99),
            file(11, "a.pdf", 0x11),
            file(13, "renommé.pdf", 0x33),
            file(16, "neuf.pdf", 0x66),
            file(5, "e-final.pdf", 0x77),
        ];
        let part = compare(&before, &after).expect("as written above");
        assert_eq!(part.unchanged, [Line::new("Maquettes ou captures d’écran", "a.pdf (11111111)")]);
        let said: Vec<(Change, &str)> = part.changed.iter().map(|line| (line.change, line.remark)).collect();
        assert_eq!(
            said,
            [
                (Change::Reworded, "Même nom, contenu différent."),
                (Change::Reworded, "Même contenu, nom différent."),
                (Change::Added, ""),
                (Change::Reworded, "Un autre fichier à la même place."),
                (Change::Removed, "")
            ]
        );
        assert_eq!(part.changed[0].pieces, [Piece::Removed("b.pdf (22222222)".into()), Piece::Added("b.pdf (99999999)".into())]);
        assert_eq!(part.changed[4].pieces, [Piece::Removed("d.pdf (44444444)".into())]);
    }

    #[test]
    fn no_file_at_all_is_no_part() {
        assert_eq!(compare(&[], &[]), None);
    }
}
