//! A list of clients as a spreadsheet writes it: one SIRET a line, and columns that fill the draft.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::list_text::{MOST_LIST_BYTES, line_number, text_of};
use crate::{
    applications::{scope::SCOPES, step::Step},
    fields::{Field, MOST_IN_A_DRAFT},
    organisations::{NAME, TOWN},
    text,
};

/// Lines read at once: what one person can read again in a preview, and what the register's own sources here answer in a moment.
pub const MOST_LINES: usize = 500;

/// Bytes of the cells of one line, as they are kept.
const MOST_IN_A_LINE: usize = 60_000;

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

/// Why nothing of a list is read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// No line holds anything.
    #[error("Cette liste ne contient aucun SIRET. Mettez un SIRET par ligne, dans la première colonne.")]
    Empty,
    /// More than [`MOST_LINES`].
    #[error("Cette liste contient {0} lignes ; le guichet en lit {MOST_LINES} à la fois. Coupez-la en plusieurs.")]
    TooLong(usize),
    /// More than [`MOST_LIST_BYTES`].
    #[error("Ce fichier dépasse {}\u{a0}Mo, bien plus qu’une liste de {MOST_LINES} lignes. Gardez les colonnes utiles, ou coupez-le en plusieurs.", MOST_LIST_BYTES / 1024 / 1024)]
    TooBig,
    /// Several columns, and no titles.
    #[error(
        "Cette liste a plusieurs colonnes sans titres : nous ne savons pas ce qu’elles contiennent. Ajoutez une première ligne de titres, dont «\u{a0}siret\u{a0}»."
    )]
    NoTitles,
    /// Two columns bear the same title.
    #[error("Deux colonnes portent le titre «\u{a0}{0}\u{a0}». Gardez-en une.")]
    TwiceTheSame(String),
    /// It cannot be read as lines and cells.
    #[error(
        "Cette liste ne se lit pas comme un fichier CSV à la ligne {0}. Enregistrez-la au format «\u{a0}CSV\u{a0}» depuis votre tableur."
    )]
    Unreadable(u64),
    /// A spreadsheet's own format.
    #[error(
        "Ce fichier est un classeur (XLSX, XLS ou ODS), que nous ne lisons pas. Ouvrez-le dans votre tableur, choisissez «\u{a0}Enregistrer sous\u{a0}» puis le type «\u{a0}CSV\u{a0}», et envoyez le fichier obtenu."
    )]
    Workbook,
    /// A document.
    #[error(
        "Ce fichier est un PDF, que nous ne lisons pas comme une liste. Enregistrez la liste au format «\u{a0}CSV\u{a0}» depuis votre tableur, ou collez-la ci-dessous."
    )]
    Pdf,
    /// A picture, an archive, a program.
    #[error(
        "Ce fichier n’est pas du texte : nous n’y lisons aucune liste. Enregistrez la liste au format «\u{a0}CSV\u{a0}» depuis votre tableur, ou collez-la ci-dessous."
    )]
    NotText,
}

/// What a file holds, and the titles of the columns nothing is done with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientsFile {
    /// Its lines, in order.
    pub lines: Vec<FileLine>,
    /// Titles no field of a demande has.
    pub ignored: Vec<String>,
}

/// The field a column fills. Commitments have none: each is made by whoever reads its document, on the page that shows it.
fn field(title: &str) -> Option<Field> {
    let steps = Step::ALL.iter().filter(|step| **step != Step::Commitments);
    let known = steps.flat_map(|step| step.fields()).filter(|field| *field != SCOPES).chain([NAME, TOWN]);
    known.into_iter().find(|field| field.name == title)
}

/// Reads a list of clients: semicolons, commas or tabs, in the encodings of spreadsheets.
///
/// # Errors
/// [`FileFault`], whose words say what to do.
pub fn read_clients(bytes: &[u8]) -> Result<ClientsFile, FileFault> {
    let text = text_of(bytes)?;
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
    Ok(ClientsFile { lines: records.iter().map(|record| line(record, line_number(&text, record), at, &columns)).collect(), ignored })
}

/// The titles of the columns, when the first line holds one that says where the SIRET is.
fn titles_of(record: &StringRecord) -> Option<Vec<String>> {
    let titles: Vec<String> = record.iter().map(|cell| cell.trim().to_lowercase()).collect();
    titles.iter().any(|title| title == "siret").then_some(titles)
}

fn line(record: &StringRecord, number: u64, siret: usize, columns: &[Option<Field>]) -> FileLine {
    let mut cells = BTreeMap::new();
    let typed = without_formula(record.get(siret).unwrap_or_default());
    let mut fault = is_rounded(typed).then(|| {
        "Votre tableur a arrondi ce SIRET. Mettez la colonne au format «\u{a0}Texte\u{a0}», saisissez-le de nouveau, puis enregistrez la liste."
            .to_owned()
    });
    for (cell, field) in record.iter().zip(columns) {
        let Some(field) = field else { continue };
        match text::optional_paragraph(cell, MOST_IN_A_DRAFT) {
            Ok(text) if text.is_empty() => {}
            Ok(text) => drop(cells.insert(field.name, text)),
            Err(error) => fault = Some(format!("«\u{a0}{}\u{a0}» : {error}", field.label)),
        }
    }
    // As they are written, quotes and separators aside.
    if serde_json::to_string(&cells).map_or(0, |json| json.len()) > MOST_IN_A_LINE {
        cells.clear();
        fault = Some("Cette ligne est trop longue. Raccourcissez ses textes : vous les compléterez dans le brouillon.".into());
    }
    FileLine { number, siret: text::made_a_line(typed, 60), cells, fault }
}

/// What a cell written as « ="00041287400018" » holds: how spreadsheets are told to keep the first zeros.
fn without_formula(cell: &str) -> &str {
    cell.trim().strip_prefix("=\"").and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell)
}

/// Whether a spreadsheet wrote a number in scientific notation: « 2,19200E+13 ».
fn is_rounded(cell: &str) -> bool {
    let cell = cell.trim().to_uppercase();
    cell.split_once("E+").is_some_and(|(digits, power)| {
        !digits.is_empty()
            && !power.is_empty()
            && power.bytes().all(|byte| byte.is_ascii_digit())
            && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
    })
}

#[cfg(test)]
mod tests {
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
            "siret;service_name;commitment_s1\n21920023500014;Cantine;oui\n",
        ] {
            let file = read_clients(text.as_bytes()).expect("a list");
            assert_eq!(file.lines[0].siret, "21920023500014", "{text}");
            assert_eq!(file.lines[0].cells, BTreeMap::from([("service_name", "Cantine".to_owned())]), "{text}");
            assert!(file.ignored == ["couleur"] || file.ignored == ["commitment_s1"], "{text}: {:?}", file.ignored);
        }
    }

    #[test]
    fn a_formula_is_text() {
        let file = read_clients(b"siret;service_name\n21920023500014;=cmd|' /C calc'!A0\n").expect("a list");
        assert_eq!(file.lines[0].cells["service_name"], "=cmd|' /C calc'!A0");
        assert_eq!(sirets(b"siret\n\"=\"\"00041287400018\"\"\"\n"), [(2, "00041287400018".into())], "but for the zeros it keeps");
    }

    #[test]
    fn a_number_the_spreadsheet_rounded_is_told_so() {
        let fault = |siret: &str| read_clients(siret.as_bytes()).expect("a list").lines[0].fault.clone();
        for rounded in ["2,192E+13", "2.192e+13", "2E+13"] {
            assert!(fault(&format!("siret;service_name\n{rounded};a")).is_some_and(|it| it.contains("a arrondi")), "{rounded}");
        }
        assert_eq!(fault("21920023500014"), None);
        assert_eq!(fault("E+13"), None, "wrong in another way");
    }

    #[test]
    fn a_line_longer_than_is_kept_loses_its_cells_and_not_its_place() {
        let long = format!("siret;service_name;recipients;service_description;retention_reason\n1;{0};{0};{0};{0}\n", "é".repeat(9_000));
        let line = read_clients(long.as_bytes()).expect("a list").lines.remove(0);
        assert!(line.fault.is_some_and(|fault| fault.contains("trop longue")));
        assert_eq!((line.cells.len(), line.siret.as_str()), (0, "1"));
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
}
