//! Where the bytes are: a directory of this machine, or an S3-compatible service.

use std::{
    fmt, fs,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};

use anyhow::Context;
use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::{
    ClientOptions, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem, memory::InMemory,
    path::Path,
};
use secrecy::ExposeSecret;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::config::{Config, StorageKind, StorageSettings};

/// How long the service is waited for: to be reached, to answer, and tries included.
const PATIENCE: (Duration, Duration, Duration) = (Duration::from_secs(3), Duration::from_secs(20), Duration::from_secs(25));

/// The storage. An object is named by its attachment's id, never by what people typed, and written whole or not at all.
#[derive(Clone)]
pub struct Storage {
    objects: Arc<dyn ObjectStore>,
    /// On disk, where writings that were cut leave something.
    directory: Option<PathBuf>,
    place: String,
}

/// The storage could not be used; the cause is for the log.
#[derive(Debug, thiserror::Error)]
#[error("the storage cannot be used: {0}")]
pub struct StorageFault(#[from] object_store::Error);

impl Storage {
    /// The one the settings name.
    ///
    /// # Errors
    /// When the directory cannot be made or the settings of the service are incomplete.
    pub fn from_config(config: &Config) -> anyhow::Result<Self> {
        match config.storage.storage {
            StorageKind::Disk => {
                let directory = config.data_dir.join("pieces");
                fs::create_dir_all(&directory).with_context(|| format!("the directory {} cannot be made", directory.display()))?;
                // A file that was said to be received survives a power cut, as the row does.
                let disk = LocalFileSystem::new_with_prefix(&directory)?.with_fsync(true);
                Ok(Self { objects: Arc::new(disk), place: directory.display().to_string(), directory: Some(directory) })
            }
            StorageKind::S3 => s3(&config.storage),
        }
    }

    /// One that forgets, for tests.
    pub fn memory() -> Self {
        Self { objects: Arc::new(InMemory::new()), directory: None, place: "memory".into() }
    }

    /// One of somebody else's making, for tests of what goes wrong.
    pub fn of(objects: Arc<dyn ObjectStore>) -> Self {
        Self { objects, directory: None, place: "elsewhere".into() }
    }

    /// Writes an object.
    ///
    /// # Errors
    /// [`StorageFault`]; nothing is there then.
    pub async fn put(&self, id: Uuid, bytes: Bytes) -> Result<(), StorageFault> {
        self.objects.put(&name(id), PutPayload::from_bytes(bytes)).await?;
        Ok(())
    }

    /// Reads an object.
    ///
    /// # Errors
    /// [`StorageFault`] when it is not there or the storage does not answer.
    pub async fn get(&self, id: Uuid) -> Result<Bytes, StorageFault> {
        Ok(self.objects.get(&name(id)).await?.bytes().await?)
    }

    /// Takes an object away; one that is not there is away already.
    ///
    /// # Errors
    /// [`StorageFault`] when the storage does not answer.
    pub async fn delete(&self, id: Uuid) -> Result<(), StorageFault> {
        match self.objects.delete(&name(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes what was being written, before that moment, by a program that was killed; how many. An S3 service keeps nothing of it.
    ///
    /// # Errors
    /// [`StorageFault`] when the disk does not answer.
    pub async fn delete_unfinished(&self, moment: OffsetDateTime) -> Result<usize, StorageFault> {
        let Some(directory) = self.directory.clone() else { return Ok(0) };
        let deleted = tokio::task::spawn_blocking(move || delete_unfinished(&directory, moment.into())).await;
        let generic = |source| object_store::Error::Generic { store: "disk", source };
        Ok(deleted.map_err(|error| generic(error.into()))?.map_err(|error| generic(error.into()))?)
    }

    /// The objects written before that moment. What is not named as ours is left alone.
    ///
    /// # Errors
    /// [`StorageFault`] when the storage does not answer.
    pub async fn list_before(&self, moment: OffsetDateTime) -> Result<Vec<Uuid>, StorageFault> {
        let objects: Vec<_> = self.objects.list(None).try_collect().await?;
        let older = objects.into_iter().filter(|object| object.last_modified.timestamp() < moment.unix_timestamp());
        Ok(older.filter_map(|object| Uuid::parse_str(object.location.as_ref()).ok()).collect())
    }
}

/// Deletes what writings that were cut left in the directory, under names no finished object has; how many.
fn delete_unfinished(directory: &std::path::Path, before: SystemTime) -> std::io::Result<usize> {
    let mut deleted = 0;
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let is_ours = entry.file_name().to_str().and_then(|name| name.split_once('#')).is_some_and(|(id, _)| Uuid::parse_str(id).is_ok());
        if is_ours && entry.metadata()?.modified()? < before {
            fs::remove_file(entry.path())?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

fn s3(settings: &StorageSettings) -> anyhow::Result<Storage> {
    let (connect, answer, all) = PATIENCE;
    let mut service = AmazonS3Builder::new()
        .with_bucket_name(&settings.s3_bucket)
        .with_region(&settings.s3_region)
        .with_access_key_id(&settings.s3_access_key_id)
        .with_client_options(ClientOptions::new().with_connect_timeout(connect).with_timeout(answer).with_allow_http(true))
        .with_retry(RetryConfig { max_retries: 2, retry_timeout: all, ..RetryConfig::default() });
    if let Some(secret) = &settings.s3_secret_access_key {
        service = service.with_secret_access_key(secret.expose_secret());
    }
    if !settings.s3_endpoint.is_empty() {
        service = service.with_endpoint(&settings.s3_endpoint);
    }
    Ok(Storage { objects: Arc::new(service.build()?), directory: None, place: format!("s3://{}", settings.s3_bucket) })
}

fn name(id: Uuid) -> Path {
    Path::from(id.hyphenated().to_string())
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Storage").field("place", &self.place).finish_non_exhaustive()
    }
}

impl fmt::Display for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.place.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_written_is_read_listed_and_taken_away() {
        let storage = Storage::memory();
        let id = Uuid::new_v4();
        storage.put(id, Bytes::from_static(b"maquette")).await.expect("written");
        assert_eq!(storage.get(id).await.expect("read"), "maquette");
        assert!(storage.list_before(OffsetDateTime::UNIX_EPOCH).await.expect("listed").is_empty(), "nothing is that old");
        let far = time::macros::datetime!(2999-01-01 00:00 UTC);
        assert_eq!(storage.list_before(far).await.expect("listed"), [id]);
        storage.delete(id).await.expect("taken away");
        storage.delete(id).await.expect("away already");
        assert!(storage.get(id).await.is_err());
    }
}
