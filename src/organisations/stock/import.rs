//! Reads INSEE's two files into a new register and puts it in the place of the one in use, or changes nothing.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use tokio::{sync::mpsc, task};

use super::{
    Report, Tally,
    establishment::Establishments,
    fault::{FileFault, ImportFault},
    reading::{Rows, read},
    store::making::{self, Table},
    unit::Units,
};
use crate::calendar;

/// Chunks read ahead of the database.
const AHEAD: usize = 8;
/// How often the register in place is asked for, and how long each time.
const TRIES: u64 = 40;
const BETWEEN_TRIES: Duration = Duration::from_secs(2);

/// The two files INSEE publishes each month.
#[derive(Clone, Debug)]
pub struct Files {
    /// `StockUniteLegale`.
    pub units: PathBuf,
    /// `StockEtablissement`.
    pub establishments: PathBuf,
}

/// What an import is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Legal units are read.
    Units,
    /// Establishments are read.
    Establishments,
    /// Numbers and names are indexed.
    Indexes,
    /// The new register takes the place of the old one.
    Replacing,
}

/// Somebody watching an import; called from the threads that work.
pub trait Watch: Send + Sync {
    /// It begins that.
    fn stage(&self, stage: Stage);
    /// That many more bytes of the file were read.
    fn read(&self, bytes: usize);
    /// That many rows of the file are kept so far.
    fn rows(&self, kept: u64);
}

/// Imports, in the transaction of the caller, who is the owner of the tables: until it commits nothing has changed, and if it does not,
/// nothing is left.
///
/// Everything happens in that one transaction. The new tables are made in it, so that COPY may write rows as frozen (no later vacuum
/// rewrites them, and index-only reads work at once); and they are logged like any other table: an unlogged one would have to be written
/// a second time to survive a crash. The rows need no second connection: reading on a thread of its own keeps the server busy.
///
/// # Errors
/// [`ImportFault`] in a sentence: the transaction must then be rolled back.
pub async fn import(
    transaction: &mut PgConnection,
    files: &Files,
    now: OffsetDateTime,
    watch: &Arc<dyn Watch>,
) -> Result<Report, ImportFault> {
    making::begin(transaction).await?;
    let today = today(now);
    watch.stage(Stage::Units);
    let mut units = copy::<Units>(transaction, Table::Units, &files.units, today, watch).await?;
    watch.stage(Stage::Establishments);
    let mut establishments = copy::<Establishments>(transaction, Table::Establishments, &files.establishments, today, watch).await?;
    watch.stage(Stage::Indexes);
    make_unique(transaction, Table::Units, &mut units, &files.units).await?;
    make_unique(transaction, Table::Establishments, &mut establishments, &files.establishments).await?;
    making::index_names(transaction).await?;
    let without_unit = making::count_without_unit(transaction).await?;
    let stock_date = units.newest.max(establishments.newest).unwrap_or(today);
    let report = Report { units, establishments, without_unit, stock_date };
    watch.stage(Stage::Replacing);
    replace(transaction).await?;
    making::record(transaction, [&name_of(&files.units), &name_of(&files.establishments)], &report, now).await?;
    Ok(report)
}

async fn copy<R: Rows + 'static>(
    transaction: &mut PgConnection,
    table: Table,
    path: &Path,
    today: Date,
    watch: &Arc<dyn Watch>,
) -> Result<Tally, ImportFault> {
    let (sender, mut chunks) = mpsc::channel(AHEAD);
    let (path, watch) = (path.to_owned(), Arc::clone(watch));
    let file = name_of(&path);
    let reading = task::spawn_blocking(move || read::<R>(&path, today, &watch, &sender));
    let mut copy = making::copy(transaction, table).await?;
    while let Some(chunk) = chunks.recv().await {
        copy.send(chunk).await?;
    }
    let read = reading.await.unwrap_or_else(|error| Err(FileFault::refused(format!("reading it failed: {error}"))));
    match read {
        Ok(tally) => {
            copy.finish().await?;
            Ok(tally)
        }
        Err(fault) => {
            copy.abort("the file is refused").await?;
            Err(fault.of(&file))
        }
    }
}

/// Gives a table its key; rows whose number stands twice are left out first, if there are any.
async fn make_unique(transaction: &mut PgConnection, table: Table, tally: &mut Tally, path: &Path) -> Result<(), ImportFault> {
    if making::index_numbers(transaction, table).await? {
        return Ok(());
    }
    for (number, count) in making::remove_duplicates(transaction, table).await? {
        for _ in 0..count {
            tally.kept -= 1;
            tally.leave_out(
                None,
                format!("the number {number:0width$} stands on several lines: the first one is kept", width = table.digits()),
            );
        }
    }
    if tally.is_hopeless() {
        return Err(FileFault::refused(format!("{} of its rows bear numbers of other rows", tally.bad)).of(&name_of(path)));
    }
    if making::index_numbers(transaction, table).await? {
        Ok(())
    } else {
        Err(sqlx::Error::Protocol("a number still stands twice".into()).into())
    }
}

/// Readers hold the register for milliseconds; whoever holds it for long is waited for, without keeping readers waiting meanwhile.
async fn replace(transaction: &mut PgConnection) -> Result<(), ImportFault> {
    for _ in 1..TRIES {
        if making::replace(transaction).await? {
            return Ok(());
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
    Err(ImportFault::InUse { seconds: TRIES * BETWEEN_TRIES.as_secs() })
}

fn today(now: OffsetDateTime) -> Date {
    let today = calendar::paris_date(now);
    Date::from_ordinal_date(today.year().into(), u16::try_from(today.day_of_year()).unwrap_or(1)).unwrap_or_else(|_| now.date())
}

/// What messages and `status` show of a path.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    name.chars().filter(|c| c.is_ascii_graphic() || c.is_alphanumeric() || *c == ' ').take(200).collect()
}
