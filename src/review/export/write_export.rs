//! Act: write what the queue shows in a file.

use std::{
    fs::File,
    io::{self, BufWriter},
};

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{COLUMNS, Cell, Format, csv::CsvFile, store, xlsx::XlsxFile};
use crate::{
    accounts::Staff,
    journal::{self, Event, Subject},
    problem::Problem,
    review::queue::{Filter, Reading, Today, find_reading},
};

/// Demandes in a file at most: what a spreadsheet still handles with ease.
pub const MOST_ROWS: usize = 100_000;

/// What is taken out.
#[derive(Clone, Debug)]
pub struct Export {
    /// Which list.
    pub filter: Filter,
    /// What is late in it is counted from.
    pub today: Today,
    /// In which kind of file.
    pub format: Format,
    /// No file is made of a longer list.
    pub most: usize,
}

/// Writes every demande of a list in `file`, and says how many; the journal says who took them out and which.
///
/// # Errors
/// [`Problem::NotPossible`] when the list is longer than it may be; the disk's; the database's.
pub async fn write_export(
    connection: &mut PgConnection,
    by: &Staff,
    asked: &Export,
    file: &File,
    now: OffsetDateTime,
) -> Result<usize, Problem> {
    let mut made = Made::start(asked.format, BufWriter::new(file)).map_err(disk)?;
    let mut count = 0;
    let most = i64::try_from(asked.most + 1).unwrap_or(i64::MAX);
    let reading = find_reading(connection, &asked.filter, Reading::new(by.person().account, asked.today)).await?;
    store::read_lines(connection, (&asked.filter, reading), most, |line| {
        count += 1;
        if count > asked.most {
            return Err(too_many(asked));
        }
        made.add(COLUMNS.iter().map(|column| (column.cell)(&line))).map_err(disk)
    })
    .await?;
    made.end().map_err(disk)?;
    let event = Event::DemandesExported { format: asked.format.to_string(), list: asked.filter.query(), count };
    journal::record(connection, &by.by(), Subject::default(), &event, now).await?;
    Ok(count)
}

fn too_many(asked: &Export) -> Problem {
    Problem::not_possible_but(
        format!(
            "Cette liste dépasse {}\u{a0}demandes\u{a0}: un tableur ne l’ouvrirait pas bien. Aucun fichier n’a été fait. Ajoutez un filtre, puis exportez de nouveau.",
            asked.most
        ),
        "Revenir à la liste",
        format!("/instruction?{}", asked.filter.query()),
    )
}

fn disk(error: io::Error) -> Problem {
    Problem::Internal(anyhow::Error::from(error).context("an export could not be written"))
}

/// A file of one kind or the other.
enum Made<'f> {
    Csv(Box<CsvFile<BufWriter<&'f File>>>),
    Xlsx(Box<XlsxFile<BufWriter<&'f File>>>),
}

impl<'f> Made<'f> {
    fn start(format: Format, file: BufWriter<&'f File>) -> io::Result<Self> {
        Ok(match format {
            Format::Csv => Self::Csv(Box::new(CsvFile::start(file)?)),
            Format::Xlsx => Self::Xlsx(Box::new(XlsxFile::start(file)?)),
        })
    }

    fn add(&mut self, cells: impl Iterator<Item = Cell>) -> io::Result<()> {
        match self {
            Self::Csv(file) => file.add(cells),
            Self::Xlsx(file) => file.add(cells),
        }
    }

    fn end(self) -> io::Result<()> {
        let file = match self {
            Self::Csv(file) => file.end()?,
            Self::Xlsx(file) => file.end()?,
        };
        file.into_inner().map(drop).map_err(io::IntoInnerError::into_error)
    }
}
