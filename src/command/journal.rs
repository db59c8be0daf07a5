//! `habilitation journal …`: the audit log, looked at from outside.

use clap::Subcommand;

use super::cli::Finding;
use crate::{
    config::Config,
    database::{Database, Schema},
    journal,
};

/// What can be asked of the journal.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum JournalVerb {
    /// Check that no fact was changed, removed, inserted or moved
    Verify,
}

/// Does it.
pub async fn run(verb: JournalVerb, config: &Config) -> anyhow::Result<Finding> {
    let database = Database::open(config, Schema::UpToDate).await?;
    let finding = match verb {
        JournalVerb::Verify => verify(&database).await,
    };
    database.close().await?;
    finding
}

async fn verify(database: &Database) -> anyhow::Result<Finding> {
    let mut connection = database.desk.acquire().await?;
    match journal::first_broken_seal(&mut connection).await? {
        None => {
            println!("the journal is whole: every fact bears the seal of the one before");
            Ok(Finding::Sound)
        }
        Some(fact) => {
            println!("the journal is broken: fact {fact} is not the one that was written, or the one before it is missing");
            Ok(Finding::Broken)
        }
    }
}
