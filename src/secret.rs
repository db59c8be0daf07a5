//! The desk's secret key, and the seals made with it: what a link carries, so that no secret is stored.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretSlice};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The key of this desk, at least 32 bytes; never shown, never logged.
#[derive(Clone, Debug)]
pub struct SecretKey(SecretSlice<u8>);

impl SecretKey {
    /// Takes the bytes of a key.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }

    fn mac(&self, purpose: &str, message: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret()).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(message);
        mac
    }

    /// The seal of a message for one purpose: 64 hexadecimal characters.
    pub fn seal(&self, purpose: &str, message: &[u8]) -> String {
        hex::encode(self.mac(purpose, message).finalize().into_bytes())
    }

    /// Whether a seal is ours, compared in constant time.
    pub fn verifies(&self, purpose: &str, message: &[u8], seal: &str) -> bool {
        hex::decode(seal).is_ok_and(|bytes| self.mac(purpose, message).verify_slice(&bytes).is_ok())
    }

    /// The path of a link sent by e-mail; its secret is recomputed each time and kept nowhere.
    pub fn link_path(&self, link: Uuid) -> String {
        format!("/lien/{link}/{}", self.seal("link", link.as_bytes()))
    }

    /// The path of a link sent to somebody of a client; it opens nothing else.
    pub fn client_path(&self, link: Uuid) -> String {
        format!("/client/{link}/{}", self.seal("client", link.as_bytes()))
    }

    /// Whether that link of a client and that seal belong together.
    pub fn opens_for_client(&self, link: Uuid, seal: &str) -> bool {
        self.verifies("client", link.as_bytes(), seal)
    }

    /// The path that puts an end to letters such as this one of the outbox.
    pub fn stop_path(&self, letter: Uuid) -> String {
        format!("/courriels/{letter}/{}", self.seal("stop", letter.as_bytes()))
    }

    /// Whether that letter and that seal belong together.
    pub fn stops(&self, letter: Uuid, seal: &str) -> bool {
        self.verifies("stop", letter.as_bytes(), seal)
    }

    /// Whether that link and that seal belong together.
    pub fn opens(&self, link: Uuid, seal: &str) -> bool {
        self.verifies("link", link.as_bytes(), seal)
    }
}

/// SHA-256, for what must be recognised without being kept.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_with_its_own_seal_only() {
        let (key, other) = (SecretKey::new(vec![1; 32]), SecretKey::new(vec![2; 32]));
        let link = Uuid::now_v7();
        let path = key.link_path(link);
        let seal = path.rsplit('/').next().unwrap_or_default();
        assert!(key.opens(link, seal));
        assert!(!other.opens(link, seal));
        assert!(!key.opens(Uuid::now_v7(), seal));
        assert!(!key.opens(link, &seal[..62]));
        assert!(!key.opens(link, "pas un sceau"));
        assert!(!key.opens_for_client(link, seal), "a link of an account opens nothing of a client's");
    }
}
