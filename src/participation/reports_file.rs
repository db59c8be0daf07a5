//! Reports as a spreadsheet holds them: the file to fill, and the one way to read it, which a program may use as well as a page.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use jiff::civil::Date;

use super::{
    Month, Participation, Report, Reports,
    checks::{self, Before},
    report::{CONFIRM, FIELDS},
};
use crate::{
    applications::behalf::{FileFault, line_number, text_of},
    fields::{Field, Fields},
};

/// The month of a line.
pub const MONTH: Field = Field { name: "mois", label: "Mois" };

/// Lines read at once: far more than a participation has months.
const MOST_LINES: usize = 60;

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// As a spreadsheet counts it, the titles included; none when it is the file itself.
    pub line: Option<u64>,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl FileError {
    fn of_file(sentence: impl Into<String>) -> Self {
        Self { line: None, sentence: sentence.into() }
    }

    fn of_line(line: u64, sentence: impl Into<String>) -> Self {
        Self { line: Some(line), sentence: sentence.into() }
    }

    /// « Ligne 3 : … ».
    pub fn words(&self) -> String {
        match self.line {
            Some(line) => format!("Ligne {line}\u{a0}: {}", self.sentence),
            None => self.sentence.clone(),
        }
    }
}

/// A report read from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Of which month.
    pub month: Month,
    /// What it says.
    pub report: Report,
    /// What looked odd, and that its line confirms.
    pub confirmed: String,
}

/// The columns, in their order.
fn columns() -> impl Iterator<Item = &'static str> {
    std::iter::once(MONTH.name).chain(FIELDS.iter().map(|field| field.name)).chain(std::iter::once(CONFIRM.name))
}

/// The file to fill: a line for each of those months, as a French spreadsheet opens it.
pub fn template(months: impl Iterator<Item = Month>) -> Vec<u8> {
    let mut writer = WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to memory does not fail.
    let _ = writer.write_record(columns());
    for month in months {
        let blank = columns().skip(1).map(|_| String::new());
        let _ = writer.write_record(std::iter::once(month.to_string()).chain(blank));
    }
    writer.into_inner().unwrap_or_default()
}

/// Reads the reports of a file, for that participation, on that day: all of them, or everything that is wrong. A month that was received is
/// corrected on its page, with a reason, and not by a file.
///
/// # Errors
/// Every mistake with its line.
pub fn read_reports(bytes: &[u8], participation: &Participation, known: &Reports, today: Date) -> Result<Vec<Imported>, Vec<FileError>> {
    let lines = lines(bytes).map_err(|error| vec![error])?;
    let mut read: BTreeMap<Month, (u64, Fields, Report)> = BTreeMap::new();
    let mut errors: Vec<FileError> = Vec::new();
    for (number, mut fields) in lines {
        match read_line(&mut fields, participation, known, today) {
            Err(sentences) => errors.extend(sentences.into_iter().map(|sentence| FileError::of_line(number, sentence))),
            Ok((month, report)) => {
                if let Some((first, ..)) = read.get(&month) {
                    let twice = format!("le mois {} est déjà à la ligne {first}. Gardez une seule ligne par mois.", month.with_of());
                    errors.push(FileError::of_line(number, twice));
                } else {
                    read.insert(month, (number, fields, report));
                }
            }
        }
    }
    let mut imported = Vec::new();
    for (month, (number, fields, report)) in &read {
        let mut comparing = participation.comparing(*month, known);
        // The month before may stand in the same file.
        if let Some((.., earlier)) = read.get(&month.previous()) {
            let is_whole = |month| super::due::is_whole(month, participation.began_on, participation.last_day());
            let both = is_whole(*month) && is_whole(month.previous());
            comparing.before = Some(Before { month: month.previous(), figures: earlier.figures, is_whole: both });
        }
        let doubts = checks::doubts(report, &comparing);
        if !doubts.is_empty() && !is_yes(fields.value(CONFIRM.name)) {
            errors.extend(doubts.into_iter().map(|doubt| {
                let sentence =
                    format!("{} Vérifiez ; si c’est exact, écrivez « oui » dans la colonne « {} ».", doubt.sentence, CONFIRM.name);
                FileError::of_line(*number, sentence)
            }));
            continue;
        }
        imported.push(Imported { month: *month, report: report.clone(), confirmed: checks::sentences(&doubts) });
    }
    errors.sort_by_key(|error| error.line);
    if errors.is_empty() { Ok(imported) } else { Err(errors) }
}

fn is_yes(typed: &str) -> bool {
    matches!(typed.trim().to_lowercase().as_str(), "oui" | "o" | "x" | "1")
}

fn read_line(fields: &mut Fields, participation: &Participation, known: &Reports, today: Date) -> Result<(Month, Report), Vec<String>> {
    let mut wrong = Vec::new();
    let typed = fields.value(MONTH.name).to_owned();
    let month = Month::read(&typed);
    match month {
        None => wrong.push("le mois ne se lit pas. Écrivez-le ainsi : 2027-05.".to_owned()),
        Some(month) => wrong.extend(refused(month, participation, known, today)),
    }
    let report = Report::parse(fields);
    wrong.extend(fields.errors().iter().map(|error| format!("«\u{a0}{}\u{a0}»\u{a0}: {}", error.label, error.sentence)));
    match (month, report) {
        (Some(month), Some(report)) if wrong.is_empty() => Ok((month, report)),
        _ => Err(wrong),
    }
}

/// Why the first report of a month cannot be sent that day.
pub fn refused(month: Month, participation: &Participation, known: &Reports, today: Date) -> Option<String> {
    if participation.place_of(month).is_none() {
        return Some(format!(
            "le mois {} n’est pas de la participation, ouverte du {} au {}.",
            month.with_of(),
            in_full(participation.began_on),
            in_full(participation.last_day())
        ));
    }
    let opens_on = super::due::opens_on(month, participation.last_day());
    if today < opens_on {
        return Some(format!("le mois {} n’est pas terminé : son rapport se remet à partir du {}.", month.with_of(), in_full(opens_on)));
    }
    let sent = known.get(&month)?.first()?;
    Some(format!(
        "le rapport {} est déjà reçu, de {}, le {}. Corrigez-le sur sa page, en disant pourquoi.",
        month.with_of(),
        sent.author,
        crate::calendar::day(sent.sent_at)
    ))
}

fn in_full(date: Date) -> String {
    crate::calendar::date_in_full(date)
}

/// The lines of a file that hold something, by the titles of their columns.
fn lines(bytes: &[u8]) -> Result<Vec<(u64, Fields)>, FileError> {
    let text = text_of(bytes).map_err(|fault| FileError::of_file(no_list(&fault)))?;
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    let delimiter = [b';', b',', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b';');
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut titles, mut lines): (Option<Vec<String>>, Vec<(u64, Fields)>) = (None, Vec::new());
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            FileError::of_line(
                line,
                "elle ne se lit pas comme une ligne de fichier CSV. Enregistrez le fichier au format « CSV » depuis votre tableur.",
            )
        })?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match &titles {
            None => titles = Some(titles_of(&record)?),
            Some(titles) => lines.push((line_number(&text, &record), of_line(titles, &record))),
        }
    }
    // The months of the template that were left blank say nothing.
    lines.retain(|(_, fields)| columns().skip(1).any(|column| !fields.value(column).trim().is_empty()));
    match lines.len() {
        0 => Err(FileError::of_file("Ce fichier ne contient aucun rapport. Remplissez une ligne par mois sous les titres du modèle.")),
        many if many > MOST_LINES => {
            Err(FileError::of_file(format!("Ce fichier contient {many} lignes ; le guichet en lit {MOST_LINES} à la fois.")))
        }
        _ => Ok(lines),
    }
}

fn titles_of(record: &StringRecord) -> Result<Vec<String>, FileError> {
    let titles: Vec<String> = record.iter().map(|cell| cell.trim().to_lowercase()).collect();
    if let Some(unknown) = titles.iter().find(|title| !title.is_empty() && !columns().any(|column| column == title.as_str())) {
        let unknown = crate::text::made_a_line(unknown, 60);
        return Err(FileError::of_file(format!(
            "La colonne « {unknown} » n’est pas du modèle. Reprenez les titres du modèle, sans en ajouter."
        )));
    }
    if let Some(missing) = columns().find(|column| *column != CONFIRM.name && !titles.iter().any(|title| title == column)) {
        return Err(FileError::of_file(format!("La colonne « {missing} » manque. Reprenez les titres du modèle, sur la première ligne.")));
    }
    match titles.iter().enumerate().find(|(at, title)| !title.is_empty() && titles[..*at].contains(title)) {
        Some((_, twice)) => Err(FileError::of_file(format!("Deux colonnes portent le titre « {twice} ». Gardez-en une."))),
        None => Ok(titles),
    }
}

fn of_line(titles: &[String], record: &StringRecord) -> Fields {
    // An apostrophe keeps a text from being a formula, in files of ours and of spreadsheets.
    let cell = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
    Fields::from_pairs(titles.iter().zip(record).map(|(title, typed)| (title.clone(), cell(typed))).collect())
}

/// Why a file holds no reports, when it is another kind of file.
fn no_list(fault: &FileFault) -> &'static str {
    match fault {
        FileFault::TooBig => "Ce fichier est bien plus gros qu’un an de rapports. Gardez les colonnes du modèle.",
        FileFault::Workbook => {
            "Ce fichier est un classeur (XLSX, XLS ou ODS), que nous ne lisons pas. Dans votre tableur, choisissez « Enregistrer sous » puis le type « CSV », et envoyez le fichier obtenu."
        }
        _ => {
            "Ce fichier n’est pas un fichier CSV. Téléchargez le modèle, remplissez-le dans votre tableur et enregistrez-le au format « CSV »."
        }
    }
}

#[cfg(test)]
mod tests;
