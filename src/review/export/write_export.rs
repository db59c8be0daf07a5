//! Act: write what the queue shows in a file.

use std::{
    fs::File,
    io::{self, BufWriter},
};

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{COLUMNS, store};
use crate::{
    accounts::Staff,
    journal::{self, Event, Subject},
    problem::Problem,
    review::queue::{Filter, Reading, Today, find_reading},
    spreadsheet::{Format, Head, Sheet},
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
    let heads = COLUMNS.each_ref().map(|column| Head { title: column.title, width: column.width });
    let mut made = Sheet::start(asked.format, BufWriter::new(file), "Demandes", &heads).map_err(disk)?;
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
    made.end().and_then(|file| file.into_inner().map_err(io::IntoInnerError::into_error)).map_err(disk)?;
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
