//! Which sources of the Sirene register are asked, and whether they answer.

use super::Look;
use crate::{
    clock::Clock,
    config::{Config, SireneSource},
    database::{Database, SchemaState, schema_state},
    organisations::{self, Adapter, Answer, Asking, Online, Register, Siret},
};

/// The establishment every source of the register knows: that of DINUM.
const KNOWN: &str = "13002526500013";

/// Which sources the settings name.
pub(super) fn look_at_sources(config: &Config) -> Look {
    let names: Vec<String> = config.sirene.sirene_sources.iter().map(|source| source.name()).collect();
    let said = format!("register: asked in this order: {}", names.join(", "));
    if config.is_production() && config.sirene.sirene_sources == [SireneSource::Sample] {
        return Look::Doubtful(format!("{said}: nearly every organisation will be declared and checked by hand, see SIRENE_SOURCES"));
    }
    Look::Good(said)
}

/// Asks each source that stands on the network, in its turn, and counts what waits for them.
pub(super) async fn look_at_register(config: &Config, database: &Database) -> Vec<Look> {
    if !is_ready(database).await {
        return vec![Look::Doubtful("register: asked once the schema is up to date, which keeps its pace".into())];
    }
    let register = match Register::from_config(config, &database.desk, &Clock::System) {
        Ok(register) => register,
        Err(error) => return vec![Look::Bad(format!("register: {error:#}"))],
    };
    let mut looks = Vec::new();
    for adapter in register.adapters() {
        if let Adapter::Online(online) = adapter {
            looks.push(look_at_source(online).await);
        }
    }
    looks.push(match count_awaited(database).await {
        Err(error) => Look::Bad(format!("register: {error:#}")),
        Ok((0, _)) => Look::Good("register: no organisation waits for its word".into()),
        Ok((count, since)) => Look::Doubtful(format!(
            "register: {count} organisations wait for its word{}",
            since.map(|since| format!(", the first one since {since}")).unwrap_or_default()
        )),
    });
    looks
}

async fn look_at_source(online: &Online) -> Look {
    let name = online.source();
    let Ok((siret, _)) = Siret::parse(KNOWN) else { return Look::Bad(format!("register: {KNOWN} is no SIRET")) };
    match online.ask(&siret, Asking::Patiently).await {
        Ok(Answer::Known(entity)) => Look::Good(format!("register: {name} answers (it knows {})", entity.name.unwrap_or_default())),
        Ok(_) => Look::Doubtful(format!("register: {name} answers, and does not know {KNOWN}")),
        Err(silence) => Look::Bad(format!("register: {name} does not answer: {silence}")),
    }
}

async fn is_ready(database: &Database) -> bool {
    let Ok(mut connection) = database.desk.acquire().await else { return false };
    matches!(schema_state(&mut connection).await, Ok(SchemaState::UpToDate))
}

async fn count_awaited(database: &Database) -> anyhow::Result<(i64, Option<time::OffsetDateTime>)> {
    let mut connection = database.desk.acquire().await?;
    Ok(organisations::find_awaited(&mut connection).await?)
}
