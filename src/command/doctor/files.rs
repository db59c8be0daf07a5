//! Whether files can be kept and looked at.

use bytes::Bytes;
use uuid::Uuid;

use super::Look;
use crate::{
    attachments::{Antivirus, Scan, Storage, StorageFault},
    config::{Config, StorageKind},
};

/// Writes an object, reads it and takes it away.
pub(super) async fn look_at_storage(config: &Config) -> Look {
    let directory = config.data_dir.join("pieces");
    if config.storage.storage == StorageKind::Disk && !directory.is_dir() {
        return Look::Good(format!("files: the desk will keep them in {}", directory.display()));
    }
    let storage = match Storage::from_config(config) {
        Ok(storage) => storage,
        Err(error) => return Look::Bad(format!("files: {error:#}")),
    };
    match try_storage(&storage).await {
        Ok(()) => Look::Good(format!("files: kept in {storage}, which takes one and gives it back")),
        Err(fault) => Look::Bad(format!("files: {storage}: {fault}")),
    }
}

async fn try_storage(storage: &Storage) -> Result<(), StorageFault> {
    let id = Uuid::now_v7();
    storage.put(id, Bytes::from_static(b"habilitation doctor")).await?;
    let read = storage.get(id).await;
    storage.delete(id).await?;
    read.map(drop)
}

/// Shows it a harmless file.
pub(super) async fn look_at_antivirus(config: &Config) -> Look {
    let address = &config.storage.clamd_address;
    match Antivirus::at(address).look_at(b"habilitation doctor").await {
        Ok(Scan::NotScanned) if config.is_production() => {
            Look::Doubtful("antivirus: none, files are not scanned and pages say so, see CLAMD_ADDRESS".into())
        }
        Ok(Scan::NotScanned) => Look::Good("antivirus: none".into()),
        Ok(Scan::Clean) => Look::Good(format!("antivirus: clamd answers at {address}")),
        Ok(said) => Look::Bad(format!("antivirus: clamd at {address} says « {said} » of a harmless file")),
        Err(reason) => Look::Bad(format!("antivirus: {address}: {reason}")),
    }
}
