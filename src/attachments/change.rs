//! What changed among the files from one version to the next: told by what they hold, never by their names.

use super::Attachment;

/// What became of a file of the later version since the earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileChange<'a> {
    /// The same bytes.
    Same,
    /// The same bytes, which had that file's name.
    Renamed(&'a Attachment),
    /// Other bytes in the place of that file, whether or not the name is the same.
    Replaced(&'a Attachment),
    /// Nothing stood there.
    Added,
}

/// What is said of a file of `later` beside those of the version `since`; nothing when nothing changed or nothing came before (0).
pub fn news(earlier: &[Attachment], later: &[Attachment], file: &Attachment, since: i32) -> String {
    if since == 0 { String::new() } else { change(earlier, later, file).words(since) }
}

/// The files a field held in `earlier` that are gone: neither their bytes are in `later`, nor those that replaced them.
pub fn gone<'a>(earlier: &'a [Attachment], later: &[Attachment], field: &str) -> Vec<&'a Attachment> {
    let is_kept = |file: &Attachment| later.iter().any(|other| is_same(file, other));
    let replaced = |file: &Attachment| {
        later.iter().any(|other| matches!(change(earlier, later, other), FileChange::Replaced(before) if is_same(before, file)))
    };
    let is_gone = |file: &&Attachment| !is_kept(file) && !replaced(file);
    super::of_field(earlier, field).into_iter().filter(is_gone).collect()
}

/// What became of a file of `later`. What it replaced is found by its line, else by its name.
pub fn change<'a>(earlier: &'a [Attachment], later: &[Attachment], file: &Attachment) -> FileChange<'a> {
    let of_field = || earlier.iter().filter(|other| other.field == file.field);
    if let Some(same) =
        of_field().find(|other| is_same(other, file) && other.name == file.name).or(of_field().find(|other| is_same(other, file)))
    {
        return if same.name == file.name { FileChange::Same } else { FileChange::Renamed(same) };
    }
    // What is still there was not replaced.
    let missing = || of_field().filter(|other| !later.iter().any(|kept| is_same(other, kept)));
    let replaced = missing().find(|other| other.line == file.line).or(missing().find(|other| other.name == file.name));
    replaced.map_or(FileChange::Added, FileChange::Replaced)
}

fn is_same(one: &Attachment, other: &Attachment) -> bool {
    one.field == other.field && one.checksum == other.checksum
}

impl FileChange<'_> {
    /// « remplacé depuis la version 1 (empreinte précédente : 0a1b2c3d) »; nothing of what did not change.
    pub fn words(self, since: i32) -> String {
        match self {
            Self::Same => String::new(),
            Self::Renamed(_) => format!("renommé depuis la version\u{a0}{since}, contenu identique"),
            Self::Replaced(before) => {
                format!("remplacé depuis la version\u{a0}{since} (empreinte précédente\u{a0}: {})", before.checksum.short())
            }
            Self::Added => format!("ajouté depuis la version\u{a0}{since}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attachments::Checksum;

    /// A file of one field: its line, its name, what it holds.
    fn a_file(line: u128, name: &str, holds: u8) -> Attachment {
        Attachment { checksum: Checksum([holds; 32]), ..Attachment::example(line, name) }
    }

    #[test]
    fn a_file_is_told_by_what_it_holds_and_never_by_its_name() {
        let earlier = [a_file(1, "ecran.pdf", 1), a_file(2, "plan.pdf", 2), a_file(3, "notice.pdf", 3), a_file(4, "vieux.pdf", 4)];
        let later = [a_file(9, "ecran.pdf", 1), a_file(8, "plan-final.pdf", 2), a_file(7, "notice.pdf", 33), a_file(6, "tout-neuf.pdf", 6)];
        assert_eq!(
            later.each_ref().map(|file| change(&earlier, &later, file)),
            [FileChange::Same, FileChange::Renamed(&earlier[1]), FileChange::Replaced(&earlier[2]), FileChange::Added]
        );
        let names: Vec<_> = gone(&earlier, &later, "mockups").into_iter().map(|file| file.name.as_str().to_owned()).collect();
        assert_eq!(names, ["vieux.pdf"]);
        assert_eq!(news(&earlier, &later, &later[2], 1), "remplacé depuis la version\u{a0}1 (empreinte précédente\u{a0}: 03030303)");
        assert!(news(&earlier, &later, &later[0], 1).is_empty() && news(&[], &later, &later[3], 0).is_empty());
    }

    #[test]
    fn what_took_the_place_of_a_file_replaces_it_whatever_it_is_called() {
        let (earlier, later) = ([a_file(1, "brouillon.pdf", 1)], [a_file(1, "definitif.pdf", 2)]);
        assert_eq!(later.each_ref().map(|file| change(&earlier, &later, file)), [FileChange::Replaced(&earlier[0])]);
        assert!(gone(&earlier, &later, "mockups").is_empty());
    }

    #[test]
    fn the_same_name_beside_a_file_that_stays_is_another_file() {
        let earlier = [a_file(1, "ecran.pdf", 1)];
        let later = [a_file(1, "ecran.pdf", 1), a_file(2, "ecran.pdf", 2)];
        assert_eq!(later.each_ref().map(|file| change(&earlier, &later, file)), [FileChange::Same, FileChange::Added]);
    }
}
