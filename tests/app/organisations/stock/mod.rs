//! INSEE's stock: imported whole or not at all, looked up, searched.

mod bad_files;
mod bad_rows;
mod counting;
mod looking_up;
mod pages;
mod replacing;
mod searching;

use std::{fs, io::Write, path::PathBuf, sync::Arc};

use flate2::{Compression, write::GzEncoder};
use habilitation::organisations::{
    Adapter, Answer, LegalEntity, Register, Siret,
    stock::{self, Files, ImportFault, Report, Stage, Watch},
};
use sqlx::Connection;
use time::{OffsetDateTime, macros::datetime};
use uuid::Uuid;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::support::{
    TestDatabase,
    stock::{ESTABLISHMENT_COLUMNS, EstablishmentLine, Line, UNIT_COLUMNS, UnitLine, establishment, unit},
};

const NOW: OffsetDateTime = datetime!(2026-12-03 09:00 UTC);

/// Nobody watches.
struct Unwatched;

impl Watch for Unwatched {
    fn stage(&self, _: Stage) {}
    fn read(&self, _: usize) {}
    fn rows(&self, _: u64) {}
}

/// A directory of its own for the files of a test, gone with it.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("stock-{}", Uuid::new_v4().simple()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Writes the two files, named as nothing in particular: only what they hold counts.
    fn files(&self, units: &[u8], establishments: &[u8]) -> Files {
        let write = |name: String, bytes: &[u8]| {
            let path = self.0.join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let number = Uuid::new_v4().simple();
        Files { units: write(format!("units-{number}"), units), establishments: write(format!("establishments-{number}"), establishments) }
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn gzipped(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// A zip of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn units_csv(lines: &[UnitLine]) -> String {
    csv(&UNIT_COLUMNS, lines)
}

fn establishments_csv(lines: &[EstablishmentLine]) -> String {
    csv(&ESTABLISHMENT_COLUMNS, lines)
}

fn csv<const N: usize>(titles: &[&str; N], lines: &[Line<N>]) -> String {
    let mut text = titles.join(",") + "\n";
    for line in lines {
        line.write(&mut text);
    }
    text
}

/// Imports as the command does.
async fn import(database: &TestDatabase, files: &Files) -> Result<Report, ImportFault> {
    let mut owner = database.owner().await;
    let mut transaction = owner.begin().await?;
    let watch: Arc<dyn Watch> = Arc::new(Unwatched);
    let report = stock::import(&mut transaction, files, NOW, &watch).await?;
    transaction.commit().await?;
    Ok(report)
}

/// Imports these rows.
async fn import_rows(database: &TestDatabase, units: &[UnitLine], establishments: &[EstablishmentLine]) -> Result<Report, ImportFault> {
    let directory = Directory::new();
    let files = directory.files(units_csv(units).as_bytes(), establishments_csv(establishments).as_bytes());
    import(database, &files).await
}

/// The town hall of Clamart, alone in the register.
fn clamart() -> (Vec<UnitLine>, Vec<EstablishmentLine>) {
    (vec![unit("219200235", "COMMUNE DE CLAMART", "7210")], vec![establishment("21920023500014")])
}

async fn look_up(database: &TestDatabase, siret: &str) -> Answer {
    let register = Register::new([Adapter::Stock(database.desk.clone())]);
    register.look_up(&Siret::try_from(siret.to_owned()).unwrap()).await
}

async fn known(database: &TestDatabase, siret: &str) -> LegalEntity {
    match look_up(database, siret).await {
        Answer::Known(entity) => *entity,
        other => panic!("{siret}: {other:?}"),
    }
}
