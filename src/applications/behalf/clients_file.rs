//! A list of clients as a spreadsheet writes it: one SIRET a line, and columns that fill the draft.

use std::{borrow::Cow, collections::BTreeMap};

use csv::{ReaderBuilder, StringRecord};

use crate::{
    applications::{scope::SCOPES, step::Step},
    fields::{Field, MOST_IN_A_DRAFT},
    organisations::{NAME, TOWN},
    text,
};

/// Lines read at once: what one person can read again in a preview, and what the register's own sources here answer in a moment.
pub const MOST_LINES: usize = 500;

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLine {
    /// As a spreadsheet counts it, the titles included.
    pub number: u64,
    /// The SIRET as typed.
    pub siret: String,
    /// The other cells that hold something, by the field they fill. Text, whatever it looks like: nothing here is a formula.
    pub cells: BTreeMap<&'static str, String>,
    /// Why the line cannot be kept.
    pub fault: Option<String>,
}

/// Why nothing of a file is read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// No line holds anything.
    #[error("Ce fichier ne contient aucun SIRET. Mettez un SIRET par ligne, dans la première colonne.")]
    Empty,
    /// More than [`MOST_LINES`].
    #[error("Ce fichier contient {0} lignes ; le guichet en lit {MOST_LINES} à la fois. Coupez-le en plusieurs fichiers.")]
    TooLong(usize),
    /// Several columns, and no titles.
    #[error(
        "Ce fichier a plusieurs colonnes sans titres : nous ne savons pas ce qu’elles contiennent. Ajoutez une première ligne de titres, dont « siret »."
    )]
    NoTitles,
    /// Two columns bear the same title.
    #[error("Deux colonnes portent le titre « {0} ». Gardez-en une.")]
    TwiceTheSame(String),
    /// It cannot be read as lines and cells.
    #[error("Ce fichier ne se lit pas comme un fichier CSV à la ligne {0}. Enregistrez-le au format « CSV » depuis votre tableur.")]
    Unreadable(u64),
}

/// What a file holds, and the titles of the columns nothing is done with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientsFile {
    /// Its lines, in order.
    pub lines: Vec<FileLine>,
    /// Titles no field of a demande has.
    pub ignored: Vec<String>,
}

/// The field a column fills.
fn field(title: &str) -> Option<Field> {
    let known = Step::ALL.iter().flat_map(|step| step.fields()).filter(|field| *field != SCOPES).chain([NAME, TOWN]);
    known.into_iter().find(|field| field.name == title)
}

/// Reads a list of clients: semicolons, commas or tabs, UTF-8 with or without its mark, or Windows-1252.
///
/// # Errors
/// [`FileFault`], whose words say what to do.
pub fn read_clients(bytes: &[u8]) -> Result<ClientsFile, FileFault> {
    let text = decoded(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    let delimiter = [b';', b',', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b';');
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| FileFault::Unreadable(error.position().map_or(0, csv::Position::line)))?;
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            records.push(record);
        }
    }
    let titles = records.first().and_then(titles_of);
    if titles.is_some() {
        records.remove(0);
    } else if records.iter().any(|record| record.iter().skip(1).any(|cell| !cell.trim().is_empty())) {
        return Err(FileFault::NoTitles);
    }
    match records.len() {
        0 => return Err(FileFault::Empty),
        lines if lines > MOST_LINES => return Err(FileFault::TooLong(lines)),
        _ => {}
    }
    let titles = titles.unwrap_or_else(|| vec!["siret".into()]);
    if let Some(twice) = titles.iter().enumerate().find_map(|(at, title)| titles[..at].contains(title).then_some(title)) {
        return Err(FileFault::TwiceTheSame(twice.clone()));
    }
    let columns: Vec<Option<Field>> = titles.iter().map(|title| field(title)).collect();
    let at = titles.iter().position(|title| title == "siret").unwrap_or_default();
    let ignored = titles.iter().zip(&columns).filter(|(title, field)| field.is_none() && *title != "siret" && !title.is_empty());
    let ignored = ignored.map(|(title, _)| text::made_a_line(title, 60)).collect();
    Ok(ClientsFile { lines: records.iter().map(|record| line(record, number(&text, record), at, &columns)).collect(), ignored })
}

/// The titles of the columns, when the first line holds one that says where the SIRET is.
fn titles_of(record: &StringRecord) -> Option<Vec<String>> {
    let titles: Vec<String> = record.iter().map(|cell| cell.trim().to_lowercase()).collect();
    titles.iter().any(|title| title == "siret").then_some(titles)
}

/// The line a record stands on, empty ones counted: the reader places it before those it skips.
fn number(text: &str, record: &StringRecord) -> u64 {
    let from = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
    let bytes = text.as_bytes();
    let skipped = bytes.iter().skip(from).take_while(|byte| **byte == b'\n').count();
    let before = bytes.iter().take(from + skipped).filter(|byte| **byte == b'\n').count();
    u64::try_from(before).unwrap_or(u64::MAX).saturating_add(1)
}

fn line(record: &StringRecord, number: u64, siret: usize, columns: &[Option<Field>]) -> FileLine {
    let mut cells = BTreeMap::new();
    let mut fault = None;
    for (cell, field) in record.iter().zip(columns) {
        let Some(field) = field else { continue };
        match text::optional_paragraph(cell, MOST_IN_A_DRAFT) {
            Ok(text) if text.is_empty() => {}
            Ok(text) => drop(cells.insert(field.name, text)),
            Err(error) => fault = Some(format!("«\u{a0}{}\u{a0}» : {error}", field.label)),
        }
    }
    FileLine { number, siret: text::made_a_line(record.get(siret).unwrap_or_default(), 60), cells, fault }
}

/// The text of a file: UTF-8, or what older spreadsheets write (Windows-1252).
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

/// The character of a byte in Windows-1252; the five it leaves out read as in ISO 8859-1.
fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => FROM_80[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sirets(bytes: &[u8]) -> Vec<(u64, String)> {
        read_clients(bytes).expect("a list").lines.into_iter().map(|line| (line.number, line.siret)).collect()
    }

    #[test]
    fn one_column_needs_no_title() {
        assert_eq!(sirets(b"21920023500014\r\n\r\n22690001700014\r\n"), [(1, "21920023500014".into()), (3, "22690001700014".into())]);
        assert_eq!(sirets("\u{feff}siret\n21920023500014".as_bytes()), [(2, "21920023500014".into())]);
        assert_eq!(sirets(b" SIRET \n219 200 235 00014\n"), [(2, "219 200 235 00014".into())]);
    }

    #[test]
    fn columns_are_known_by_their_title_whatever_separates_them() {
        for text in [
            "siret;service_name;couleur\n21920023500014;Cantine;bleu\n",
            "couleur,service_name,siret\nbleu,Cantine,21920023500014\n",
            "service_name\tsiret\tcouleur\nCantine\t21920023500014\t\n",
            "siret;service_name;couleur\n21920023500014;\"Cantine\";bleu\n",
        ] {
            let file = read_clients(text.as_bytes()).expect("a list");
            assert_eq!(file.lines[0].siret, "21920023500014", "{text}");
            assert_eq!(file.lines[0].cells, BTreeMap::from([("service_name", "Cantine".to_owned())]), "{text}");
            assert_eq!(file.ignored, ["couleur"], "{text}");
        }
    }

    #[test]
    fn old_spreadsheets_are_read() {
        let file = read_clients(b"siret;data_controller_family_name\n21920023500014;L\x92H\xe9ritier\n").expect("a list");
        assert_eq!(file.lines[0].cells["data_controller_family_name"], "L’Héritier");
    }

    #[test]
    fn a_formula_is_text() {
        let file = read_clients(b"siret;service_name\n21920023500014;=cmd|' /C calc'!A0\n").expect("a list");
        assert_eq!(file.lines[0].cells["service_name"], "=cmd|' /C calc'!A0");
    }

    #[test]
    fn what_is_no_list_is_refused_in_a_sentence() {
        let many = "21920023500014\n".repeat(5000);
        for (bytes, fault) in [
            (&b""[..], FileFault::Empty),
            (b" \n;;\n", FileFault::Empty),
            (b"siret\n", FileFault::Empty),
            (b"21920023500014;Cantine\n", FileFault::NoTitles),
            (b"siret;siret\n1;2\n", FileFault::TwiceTheSame("siret".into())),
            (many.as_bytes(), FileFault::TooLong(5000)),
        ] {
            assert_eq!(read_clients(bytes).err(), Some(fault));
        }
        let (_, exactly) = (read_clients("1\n".repeat(501).as_bytes()), read_clients("1\n".repeat(500).as_bytes()));
        assert_eq!(exactly.map(|file| file.lines.len()), Ok(500));
    }

    #[test]
    fn a_cell_that_cannot_be_kept_is_told_with_its_line() {
        let file = read_clients("siret;service_name\n21920023500014;Por\u{202e}tail\n".as_bytes()).expect("a list");
        assert!(
            file.lines[0]
                .fault
                .as_deref()
                .is_some_and(|fault| fault.starts_with("« Nom du service » :".replace("« ", "«\u{a0}").replace(" »", "\u{a0}»").as_str()))
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read_clients(&bytes);
        }
    }
}
