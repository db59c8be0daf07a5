//! What takes letters away: a mail server, a directory of files, or a test's memory.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use lettre::Message;
use secrecy::ExposeSecret;
use time::{OffsetDateTime, macros::format_description};
use tokio::{fs, io::AsyncWriteExt};
use uuid::Uuid;

use super::{Recipient, Rendered, delivery::Outcome, message, message::Sender, smtp::Smtp};
use crate::config::Config;

/// The way letters leave, and who signs them.
#[derive(Clone, Debug)]
pub struct Mailer {
    sender: Sender,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Smtp(Box<Smtp>),
    File(PathBuf),
    Memory(Posted),
}

/// A letter ready to leave.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Its number, of which its Message-ID is made.
    pub id: Uuid,
    /// Whom it is for.
    pub to: Recipient,
    /// When it was written: its date, the same for every try.
    pub written_at: OffsetDateTime,
    /// What it says.
    pub rendered: Rendered,
}

/// The letters a test's mailer took.
#[derive(Clone, Debug, Default)]
pub struct Posted(Arc<Mutex<Vec<Envelope>>>);

impl Posted {
    /// So far, in the order they left.
    pub fn letters(&self) -> Vec<Envelope> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Mailer {
    /// The mailer the settings name: the server of `SMTP_URL`, else files under `DATA_DIR/courriels`.
    ///
    /// # Errors
    /// With a sentence for whoever sets the desk up.
    pub fn from_config(config: &Config) -> anyhow::Result<Self> {
        match &config.smtp_url {
            Some(url) => Self::smtp(config, Smtp::from_url(url.expose_secret())?),
            None => Ok(Self { sender: Sender::from_config(config)?, way: Way::File(config.data_dir.join("courriels")) }),
        }
    }

    /// A mailer that speaks to that server.
    ///
    /// # Errors
    /// When the settings name no sender.
    pub fn smtp(config: &Config, server: Smtp) -> anyhow::Result<Self> {
        Ok(Self { sender: Sender::from_config(config)?, way: Way::Smtp(Box::new(server)) })
    }

    /// A mailer that keeps its letters in memory, for tests.
    ///
    /// # Errors
    /// When the settings name no sender.
    pub fn memory(config: &Config) -> anyhow::Result<(Self, Posted)> {
        let posted = Posted::default();
        Ok((Self { sender: Sender::from_config(config)?, way: Way::Memory(posted.clone()) }, posted))
    }

    /// Composes the e-mail; refuses what must not or cannot be one.
    ///
    /// # Errors
    /// [`message::CannotBeBuilt`].
    pub fn compose(&self, envelope: &Envelope) -> Result<Message, message::CannotBeBuilt> {
        message::build(&self.sender, envelope.id, &envelope.to, &envelope.rendered, envelope.written_at)
    }

    /// Hands it over.
    pub async fn hand_over(&self, envelope: Envelope, message: &Message) -> Outcome {
        match &self.way {
            Way::Smtp(server) => server.hand_over(message).await,
            Way::File(directory) => match write(directory, &envelope, &message.formatted()).await {
                Ok(()) => Outcome::Sent,
                Err(error) => Outcome::ServerAway(format!("the letter cannot be written to a file: {error}")),
            },
            Way::Memory(posted) => {
                posted.0.lock().unwrap_or_else(PoisonError::into_inner).push(envelope);
                Outcome::Sent
            }
        }
    }
}

/// Writes the file whole or not at all. Its name says when the letter was written, so that a second try writes the same file.
async fn write(directory: &Path, envelope: &Envelope, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(directory).await?;
    let time = envelope.written_at.format(format_description!("[year][month][day]T[hour][minute][second]Z")).unwrap_or_default();
    let path = directory.join(format!("{time}-{}.eml", envelope.id));
    let unfinished = path.with_extension("part");
    let mut file = fs::File::create(&unfinished).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    fs::rename(unfinished, path).await
}
