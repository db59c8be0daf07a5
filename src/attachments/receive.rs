//! A file that has just come in: looked at, then written to the storage, before anything is said of it in the database.

use std::fs::File;

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{Checksum, ContentFault, FileName, Kind, MOST_BYTES, Storage};
use crate::web::{Incoming, UploadedFile, read_back};

/// Files held in memory at once while they are looked at and written: 40 Mo at most, however many people send theirs.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// A file that is in the storage and not yet in the database; should the row never come, the object is swept.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The number it is stored under.
    pub object: Uuid,
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
    /// More files came at once than a form takes.
    OneTooMany,
}

impl NotStored {
    /// The sentence shown beside the field, which begins with the file's name.
    pub fn sentence(&self, sent_name: &str) -> String {
        let name: String = sent_name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(120).collect();
        match self {
            Self::Refused(fault) => format!("«\u{a0}{name}\u{a0}» {fault}"),
            Self::OneTooMany => {
                format!("«\u{a0}{name}\u{a0}» n’a pas été joint\u{a0}: trop de fichiers ont été envoyés à la fois. Joignez-le à part.")
            }
            Self::Unavailable => format!(
                "«\u{a0}{name}\u{a0}» n’a pas pu être gardé\u{a0}: notre espace de stockage ne répond pas. Rien de ce que vous avez saisi n’est perdu. Joignez ce fichier de nouveau dans quelques minutes."
            ),
        }
    }
}

/// Looks at a file and writes it to the storage.
///
/// # Errors
/// [`NotStored`]: nothing of it is kept then.
pub async fn receive(storage: &Storage, UploadedFile { sent_name, content, .. }: UploadedFile) -> Result<Stored, NotStored> {
    let file = match content {
        Incoming::Whole(file) => file,
        Incoming::Lost => return Err(NotStored::Unavailable),
        Incoming::OneTooMany => return Err(NotStored::OneTooMany),
    };
    let Ok(_turn) = AT_ONCE.acquire().await else { return Err(NotStored::Unavailable) };
    let (stored, bytes) = match tokio::task::spawn_blocking(move || look(&sent_name, file)).await {
        Ok(Ok(looked)) => looked.map_err(NotStored::Refused)?,
        Ok(Err(error)) => return Err(unavailable(&error)),
        Err(panic) => return Err(unavailable(&panic)),
    };
    storage.put(stored.object, bytes).await.map_err(|fault| unavailable(&fault))?;
    Ok(stored)
}

fn unavailable(cause: &impl std::fmt::Display) -> NotStored {
    tracing::error!(%cause, "a file could not be stored");
    NotStored::Unavailable
}

fn look(sent_name: &str, file: File) -> std::io::Result<Result<(Stored, Bytes), ContentFault>> {
    let bytes = read_back(file, MOST_BYTES + 1)?;
    Ok(Kind::detect(&bytes).and_then(|kind| {
        let name = FileName::read(sent_name, kind)?;
        let checksum = Checksum(Sha256::digest(&bytes).into());
        let stored = Stored { object: Uuid::now_v7(), name, kind, size: bytes.len() as u64, checksum };
        Ok((stored, Bytes::from(bytes)))
    }))
}
