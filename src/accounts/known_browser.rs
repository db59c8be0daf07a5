//! The mark of a browser its owner has signed in with: it opens nothing, but keeps strangers' mistakes from being counted as theirs.

use uuid::Uuid;

use crate::{ids::AccountId, secret::SecretKey};

const PURPOSE: &str = "known browser";

/// A browser that somebody signed in with, or opened a link of theirs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownBrowser(pub Uuid);

impl KnownBrowser {
    /// A mark nobody else has.
    pub fn fresh() -> Self {
        Self(Uuid::new_v4())
    }

    /// What the cookie holds: the number, and a seal that binds it to the account without naming it.
    pub fn seal(self, key: &SecretKey, account: AccountId) -> String {
        format!("{}.{}", self.0.simple(), key.seal(PURPOSE, &message(self.0, account)))
    }

    /// Reads a cookie back; none when it was not made here for that account.
    pub fn open(key: &SecretKey, cookie: &str, account: AccountId) -> Option<Self> {
        let (number, seal) = cookie.split_once('.')?;
        let number = Uuid::try_parse(number).ok()?;
        key.verifies(PURPOSE, &message(number, account), seal).then_some(Self(number))
    }
}

fn message(number: Uuid, account: AccountId) -> Vec<u8> {
    [number.as_bytes().as_slice(), &account.0.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_serves_the_account_it_was_made_for() {
        let (key, other) = (SecretKey::new(vec![1; 32]), SecretKey::new(vec![2; 32]));
        let browser = KnownBrowser::fresh();
        let cookie = browser.seal(&key, AccountId(7));
        assert_eq!(KnownBrowser::open(&key, &cookie, AccountId(7)), Some(browser));
        assert_eq!(KnownBrowser::open(&key, &cookie, AccountId(8)), None);
        assert_eq!(KnownBrowser::open(&other, &cookie, AccountId(7)), None);
        assert_eq!(KnownBrowser::open(&key, "pas une marque", AccountId(7)), None);
        assert_eq!(KnownBrowser::open(&key, &cookie.replace('.', "-"), AccountId(7)), None);
    }
}
