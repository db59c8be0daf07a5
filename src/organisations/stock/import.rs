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
use crate::{
    calendar,
    organisations::{LegalCategory, Nature, PrivateKind, Region, Size, Spread},
};

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
    let spread = private_persons(making::count_private_units(transaction).await?);
    let stock_date = units.newest.max(establishments.newest).unwrap_or(today);
    let report = Report { units, establishments, without_unit, stock_date };
    watch.stage(Stage::Replacing);
    replace(transaction).await?;
    making::record(transaction, [&name_of(&files.units), &name_of(&files.establishments)], &report, now).await?;
    making::save_spread(transaction, &spread, stock_date).await?;
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

/// How many legal persons of private law there are of each size in each region; those the register leaves to a person are not counted.
fn private_persons(counts: Vec<(i16, String, String, i64)>) -> Spread {
    let mut spread = Spread::default();
    for (category, band, department, count) in counts {
        let nature = LegalCategory::parse(&format!("{category:04}")).map(LegalCategory::nature);
        let is_private = match nature {
            Some(Nature::Private(kind)) => !matches!(kind, PrivateKind::SoleTrader | PrivateKind::WithoutLegalPersonality),
            _ => false,
        };
        if is_private {
            spread.add(Size::of_band(&band), Region::of_commune(&department), u64::try_from(count).unwrap_or_default());
        }
    }
    spread
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_legal_persons_of_private_law_are_counted() {
        let of = |category: i16, band: &str, department: &str, count: i64| (category, band.to_owned(), department.to_owned(), count);
        let spread = private_persons(vec![
            of(5710, "11", "49", 3),
            of(9220, "", "2A", 2),
            of(5499, "53", "", 1),
            of(7210, "12", "49", 10),
            of(4110, "12", "49", 10),
            of(9210, "NN", "49", 10),
            of(3205, "12", "49", 10),
        ]);
        assert_eq!(spread.total(), 6);
        assert_eq!(spread.of_both(Size::Tens, Region::of_commune("49007")), 3);
        assert_eq!(spread.of_both(Size::Unknown, Region::of_commune("2A004")), 2);
        assert_eq!(spread.of_both(Size::Larger, None), 1);
    }
}
