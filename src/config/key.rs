//! The desk's secret key: the operator's, or one made on the first start and kept beside the data.

use std::{
    fs,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::{Context, anyhow};
use rand::{TryRng, rngs::SysRng};
use secrecy::ExposeSecret;

use super::Config;
use crate::secret::SecretKey;

const LENGTH: usize = 32;

impl Config {
    /// The key that seals links: `SECRET_KEY`, else the one kept in the data directory, made there when it is missing.
    ///
    /// # Errors
    /// When it is weak, or the file cannot be read or written.
    pub fn read_secret_key(&self) -> anyhow::Result<SecretKey> {
        let bytes = match &self.secret_key {
            Some(secret) => read(secret.expose_secret()).context("SECRET_KEY is weak")?,
            None => kept_in(&self.data_dir)?,
        };
        Ok(SecretKey::new(bytes))
    }
}

/// The bytes of a key written in hexadecimal; None when they are too few or plainly not made at random.
pub(super) fn read(hexadecimal: &str) -> Option<Vec<u8>> {
    let bytes = hex::decode(hexadecimal.trim()).ok()?;
    let distinct: std::collections::BTreeSet<_> = bytes.iter().collect();
    (bytes.len() >= LENGTH && distinct.len() >= LENGTH / 2).then_some(bytes)
}

fn kept_in(directory: &Path) -> anyhow::Result<Vec<u8>> {
    let path = directory.join("secret.key");
    let unusable = || format!("{} cannot be used", path.display());
    let written = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            make(directory, &path).with_context(|| format!("no secret key can be kept in {}", directory.display()))?;
            fs::read_to_string(&path)
        }
        outcome => outcome,
    };
    read(&written.with_context(unusable)?)
        .ok_or_else(|| anyhow!("{} does not hold a key: restore it, or remove it to make a new one", path.display()))
}

/// Several programs may start together: each writes its own file, the first that gives it the name wins, and all read that one.
fn make(directory: &Path, path: &Path) -> anyhow::Result<()> {
    let mut bytes = [0; LENGTH];
    SysRng.try_fill_bytes(&mut bytes)?;
    fs::create_dir_all(directory)?;
    let draft = directory.join(format!("secret.key.{}", uuid::Uuid::new_v4()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(hex::encode(bytes).as_bytes())?;
    file.sync_all()?;
    let named = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match named {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_made_once_kept_closed_and_found_again() {
        let directory = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("target/tmp/key-{}", uuid::Uuid::new_v4()));
        let made: Vec<_> = std::thread::scope(|programs| {
            let together: Vec<_> = (0..8).map(|_| programs.spawn(|| kept_in(&directory).expect("a key"))).collect();
            together.into_iter().map(|program| program.join().expect("no panic")).collect()
        });
        assert!(made.iter().all(|key| *key == made[0] && key.len() == LENGTH));
        assert_eq!(kept_in(&directory).ok(), Some(made[0].clone()));
        let permissions = fs::metadata(directory.join("secret.key")).expect("kept").permissions();
        assert_eq!(permissions.mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(&directory).expect("a directory").count(), 1);
        fs::remove_dir_all(&directory).expect("removed");
    }

    #[test]
    fn a_key_nobody_made_at_random_is_refused() {
        for weak in ["", "abc", "motdepasse", &"ab".repeat(32), &"0123456789abcdef".repeat(4), &hex::encode([1; 31])] {
            assert_eq!(read(weak), None, "{weak}");
        }
        assert!(read(&hex::encode((0..32).collect::<Vec<u8>>())).is_some());
    }
}
