//! A file that has just come in: looked at, then written to the storage, before anything is said of it in the database.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{Checksum, ContentFault, FileName, Kind, MOST_BYTES, Storage};
use crate::problem::Problem;

/// Files held in memory at once while they are looked at and written: 40 Mo at most, however many people send theirs.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// A file that is in the storage and not yet in the database; should the row never come, the object is swept.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its number.
    pub id: Uuid,
    /// Its name, cleaned.
    pub name: FileName,
    /// What it is.
    pub kind: Kind,
    /// Bytes.
    pub size: u64,
    /// Of its bytes.
    pub checksum: Checksum,
}

/// Why a file was not stored.
#[derive(Debug)]
pub enum NotStored {
    /// It is not one the desk takes.
    Refused(ContentFault),
    /// The storage is full or does not answer: the sentence is for the person, the cause was logged.
    Unavailable,
}

impl NotStored {
    /// The sentence shown beside the field, which begins with the file's name.
    pub fn sentence(&self, sent_name: &str) -> String {
        let name: String = sent_name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(120).collect();
        match self {
            Self::Refused(fault) => format!("«\u{a0}{name}\u{a0}» {fault}"),
            Self::Unavailable => format!(
                "«\u{a0}{name}\u{a0}» n’a pas pu être gardé : notre espace de stockage ne répond pas. Votre texte est enregistré. Joignez ce fichier de nouveau dans quelques minutes."
            ),
        }
    }
}

/// Looks at a file and writes it to the storage.
///
/// # Errors
/// The outer one when the temporary file cannot be read; the inner one says why the file was not stored.
pub async fn receive(storage: &Storage, sent_name: &str, file: File) -> Result<Result<Stored, NotStored>, Problem> {
    let _turn = AT_ONCE.acquire().await.map_err(|error| Problem::Busy(error.to_string()))?;
    let sent_name = sent_name.to_owned();
    let looked = tokio::task::spawn_blocking(move || look(&sent_name, file)).await.map_err(anyhow::Error::from)?;
    let (stored, bytes) = match looked.map_err(anyhow::Error::from)? {
        Ok(looked) => looked,
        Err(fault) => return Ok(Err(NotStored::Refused(fault))),
    };
    if let Err(fault) = storage.put(stored.id, bytes).await {
        tracing::error!(%fault, "a file could not be stored");
        return Ok(Err(NotStored::Unavailable));
    }
    Ok(Ok(stored))
}

fn look(sent_name: &str, mut file: File) -> std::io::Result<Result<(Stored, Bytes), ContentFault>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(Kind::detect(&bytes).and_then(|kind| {
        let name = FileName::read(sent_name, kind)?;
        let checksum = Checksum(Sha256::digest(&bytes).into());
        let stored = Stored { id: Uuid::now_v7(), name, kind, size: bytes.len() as u64, checksum };
        Ok((stored, Bytes::from(bytes)))
    }))
}
