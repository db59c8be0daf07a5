//! Opens the database the settings name, or the desk's own, as the role the desk works as.

use anyhow::{Context, bail, ensure};
use secrecy::{ExposeSecret, SecretString};
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool, postgres::PgConnectOptions};

use super::{
    connect,
    embedded::{Embedded, Options, Upkeep},
    find_session_role, migrate,
    migrate::{SchemaState, schema_state},
};
use crate::config::Config;

/// What is done about the schema when the database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// Missing migrations are run.
    BroughtUpToDate,
    /// Nothing is changed; one that is not up to date is refused.
    UpToDate,
    /// Nothing is changed or refused: for those who look.
    AsItIs,
}

/// The database, open.
#[derive(Debug)]
pub struct Database {
    /// Connections as the desk's own role.
    pub desk: PgPool,
    owner_url: Option<SecretString>,
    embedded: Option<Embedded>,
}

impl Database {
    /// Opens the database of the settings; without one, starts the private server.
    ///
    /// # Errors
    /// In one sentence without secrets: it does not answer, the schema does not fit, or production would serve as its owner.
    pub async fn open(config: &Config, schema: Schema) -> anyhow::Result<Self> {
        let (embedded, desk_url, owner_url) = if let Some(url) = &config.database_url {
            (None, url.clone(), config.migration_database_url.clone())
        } else {
            let embedded = start_private_server(config).await?;
            let (desk, owner) = (embedded.desk_url(), embedded.owner_url());
            (Some(embedded), desk, Some(owner))
        };
        if schema == Schema::BroughtUpToDate {
            prepare(config, &desk_url, owner_url.as_ref()).await?;
        }
        let desk = connect(&desk_url, config.database_connections).await.context("the database (DATABASE_URL) does not answer")?;
        if schema == Schema::UpToDate {
            refuse_other_schema(&mut *desk.acquire().await?).await?;
        }
        Ok(Self { desk, owner_url, embedded })
    }

    /// How the owner is reached.
    pub fn owner(&self) -> Owner {
        Owner::new(self.owner_url.clone(), self.desk.clone())
    }

    /// Whether it is the desk's own private server.
    pub fn is_private(&self) -> bool {
        self.embedded.is_some()
    }

    /// Closes every connection, then stops the private server.
    ///
    /// # Errors
    /// When that server does not stop.
    pub async fn close(self) -> anyhow::Result<()> {
        // An act whose visitor left may still be going on; but nobody keeps the program from stopping.
        let closed = tokio::time::timeout(std::time::Duration::from_secs(30), self.desk.close()).await;
        if closed.is_err() {
            tracing::warn!("a connection to the database was still in use at the end");
        }
        match self.embedded {
            Some(embedded) => embedded.stop().await,
            None => Ok(()),
        }
    }
}

/// How the tables' owner is reached, whenever it is needed.
#[derive(Clone, Debug)]
pub struct Owner {
    url: Option<SecretString>,
    desk: PgPool,
}

impl Owner {
    /// At that address; without one, through the desk's own role when it is the owner.
    pub fn new(url: Option<SecretString>, desk: PgPool) -> Self {
        Self { url, desk }
    }

    /// A connection as the owner, if the settings tell how or the desk itself works as the owner.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn connect(&self) -> anyhow::Result<Option<PgConnection>> {
        if let Some(url) = &self.url {
            return Ok(Some(reach(url, "MIGRATION_DATABASE_URL").await?));
        }
        let options = self.desk.connect_options().as_ref().clone();
        let mut connection = options.disable_statement_logging().connect().await?;
        let role = find_session_role(&mut connection).await?;
        Ok((role.is_owner || role.is_superuser).then_some(connection))
    }
}

async fn start_private_server(config: &Config) -> anyhow::Result<Embedded> {
    let options = Options { directory: config.data_dir.join("postgres"), programs: config.pg_bindir.clone(), upkeep: Upkeep::Kept };
    Embedded::start(options).await
}

/// Migrates with the rights at hand, and refuses what is unsafe for real people.
async fn prepare(config: &Config, desk_url: &SecretString, owner_url: Option<&SecretString>) -> anyhow::Result<()> {
    let mut desk = reach(desk_url, "DATABASE_URL").await?;
    let role = find_session_role(&mut desk).await?;
    if config.is_production() {
        ensure!(
            !role.is_superuser && !role.is_owner,
            "DATABASE_URL names the role {}, which owns the database or may do anything: in production the desk serves as a role of its own, \
             and the owner's address is MIGRATION_DATABASE_URL",
            role.name
        );
    }
    if let Some(url) = owner_url {
        let mut owner = reach(url, "MIGRATION_DATABASE_URL").await?;
        let owner_role = find_session_role(&mut owner).await?;
        migrate(&mut owner, (owner_role.name != role.name).then_some(&role.name)).await?;
        owner.close().await?;
    } else if !config.is_production() && (role.is_superuser || role.may_create) {
        migrate(&mut desk, None).await?;
    } else {
        refuse_other_schema(&mut desk).await?;
    }
    desk.close().await?;
    Ok(())
}

async fn refuse_other_schema(connection: &mut PgConnection) -> anyhow::Result<()> {
    match schema_state(connection).await? {
        SchemaState::UpToDate => Ok(()),
        other => bail!(other.sentence()),
    }
}

/// For the owner, mostly, whose statements are long by nature: no page waits for them, and the log does not tell them.
async fn reach(url: &SecretString, variable: &str) -> anyhow::Result<PgConnection> {
    let options: PgConnectOptions = url.expose_secret().parse().with_context(|| format!("{variable} cannot be read"))?;
    options
        .application_name("habilitation")
        .disable_statement_logging()
        .connect()
        .await
        .with_context(|| format!("the database ({variable}) does not answer"))
}
