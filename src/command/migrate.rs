//! `habilitation migrate`: brings the schema up to date and leaves.

use super::cli::Finding;
use crate::{
    config::Config,
    database::{Database, Schema, SchemaState, schema_state},
};

/// Runs what is missing.
pub async fn run(config: &Config) -> anyhow::Result<Finding> {
    let database = Database::open(config, Schema::BroughtUpToDate).await?;
    let state = schema_state(&mut *database.desk.acquire().await?).await?;
    println!("{}", state.sentence());
    database.close().await?;
    Ok(if state == SchemaState::UpToDate { Finding::Sound } else { Finding::Broken })
}
