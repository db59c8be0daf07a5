//! `habilitation sirene …`: INSEE's monthly stock of the Sirene register, imported for a desk that looks organisations up by itself.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use anyhow::Context;
use clap::{Args, Subcommand};
use sqlx::Connection;

use super::{cli::Finding, stock_progress::Progress};
use crate::{
    clock::Clock,
    config::Config,
    database::{Database, Schema},
    organisations::stock::{self, Files, Import, Report, Tally, Watch},
};

/// What can be done with the register.
#[derive(Clone, Debug, Subcommand)]
pub enum SireneVerb {
    /// Read INSEE's two monthly files (CSV, plain, .gz or .zip) and put them in the place of the register in use
    Import(ImportArgs),
    /// Say which stock is in place, and which were before
    Status,
}

/// INSEE's two files.
#[derive(Clone, Debug, Args)]
pub struct ImportArgs {
    /// `StockUniteLegale`
    units: PathBuf,
    /// `StockEtablissement`
    establishments: PathBuf,
}

/// Does it.
pub async fn run(verb: SireneVerb, config: &Config) -> anyhow::Result<Finding> {
    let database = Database::open(config, Schema::BroughtUpToDate).await?;
    let outcome = match verb {
        SireneVerb::Import(ImportArgs { units, establishments }) => import(&database, &Files { units, establishments }).await,
        SireneVerb::Status => status(&database).await,
    };
    database.close().await?;
    outcome.map(|()| Finding::Sound)
}

async fn import(database: &Database, files: &Files) -> anyhow::Result<()> {
    let mut owner =
        database.owner().connect().await?.context(
            "an import makes tables, which the desk's own role may not: give the address of their owner in MIGRATION_DATABASE_URL",
        )?;
    let started = Instant::now();
    let progress: Arc<dyn Watch> = Arc::new(Progress::new(size_of(&files.units), size_of(&files.establishments)));
    let mut transaction = owner.begin().await?;
    let report = stock::import(&mut transaction, files, Clock::System.now(), &progress).await;
    drop(progress);
    let report = report?;
    transaction.commit().await?;
    owner.close().await?;
    tell(&report, started.elapsed().as_secs_f64());
    Ok(())
}

/// For the progress bar only: what cannot be opened is told when it is read.
fn size_of(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

#[expect(clippy::cast_precision_loss, reason = "a rate is told in round figures")]
fn tell(report: &Report, seconds: f64) {
    let rows = report.units.kept + report.establishments.kept;
    println!("the stock of {} is in place: {rows} rows in {seconds:.0} s, {:.0} a second", report.stock_date, rows as f64 / seconds);
    tell_rows("legal units", &report.units);
    tell_rows("establishments", &report.establishments);
    if report.without_unit > 0 {
        println!("  {} establishments belong to a legal unit the stock does not hold", report.without_unit);
    }
}

fn tell_rows(of_what: &str, tally: &Tally) {
    println!("  {} {of_what} kept, {} left out", tally.kept, tally.bad);
    for bad in &tally.first_bad {
        match bad.line {
            Some(line) => println!("    line {line}: {}", bad.reason),
            None => println!("    {}", bad.reason),
        }
    }
    let untold = tally.bad - tally.first_bad.len() as u64;
    if untold > 0 {
        println!("    and {untold} more");
    }
}

async fn status(database: &Database) -> anyhow::Result<()> {
    let imports = stock::find_imports(&mut *database.desk.acquire().await?).await?;
    let mut imports = imports.iter();
    match imports.next() {
        None => println!("no stock was imported: the desk cannot look organisations up by itself (habilitation sirene import)"),
        Some(latest) => {
            println!("in place: {}", described(latest));
            println!("  {} legal units kept, {} left out, from {}", latest.units, latest.bad_units, latest.unit_file);
            println!(
                "  {} establishments kept, {} left out, from {}; {} without their legal unit",
                latest.establishments, latest.bad_establishments, latest.establishment_file, latest.without_unit
            );
        }
    }
    for before in imports {
        println!("before:   {}, {} establishments", described(before), before.establishments);
    }
    Ok(())
}

fn described(import: &Import) -> String {
    format!("the stock of {}, imported on {}", import.stock_date, import.imported_at.date())
}
