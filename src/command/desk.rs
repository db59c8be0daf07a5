//! What every verb that works on the desk's files needs.

use std::sync::Arc;

use crate::{
    AppState,
    accounts::Passwords,
    attachments::{Antivirus, Storage},
    clock::Clock,
    config::Config,
    database::{Database, Owner, Schema},
    documents::Printer,
    organisations::Register,
};

/// The desk's database and what its pages share.
#[derive(Debug)]
pub struct Desk {
    /// What pages and workers share.
    pub state: AppState,
    database: Database,
}

impl Desk {
    /// Opens the database, its schema up to date.
    ///
    /// # Errors
    /// In one sentence: what is missing and what to do.
    pub async fn open(config: Config) -> anyhow::Result<Self> {
        let secret = config.read_secret_key()?;
        let database = Database::open(&config, Schema::BroughtUpToDate).await?;
        let register = Register::from_config(&config, &database.desk, &Clock::System)?;
        let (storage, antivirus) = (Storage::from_config(&config)?, Antivirus::at(&config.storage.clamd_address));
        let state = AppState {
            db: database.desk.clone(),
            clock: Clock::System,
            config: Arc::new(config),
            secret,
            passwords: Passwords::new(),
            register,
            storage,
            antivirus,
            printer: Printer::new(),
        };
        Ok(Self { state, database })
    }

    /// How the tables' owner is reached.
    pub fn owner(&self) -> Owner {
        self.database.owner()
    }

    /// Closes the connections, then stops the private server.
    ///
    /// # Errors
    /// When that server does not stop.
    pub async fn close(self) -> anyhow::Result<()> {
        self.database.close().await
    }
}
