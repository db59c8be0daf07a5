//! Passwords are hashed off the threads that answer, few at a time: each hash takes 19 MiB and tens of milliseconds.

use std::{sync::Arc, time::Duration};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc};
use tokio::{sync::Semaphore, task};

use super::{
    demo::DEMO_PASSWORD,
    password::{Password, TypedPassword},
};
use crate::problem::Problem;

// OWASP ASVS 5.0, 11.4.2: argon2id, at least 19 MiB, two passes.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Longer than any queue we would let a visitor stand in; then they are told that the desk is busy.
const MOST_WAIT: Duration = Duration::from_secs(10);

/// What is kept of a password, in PHC form (`$argon2id$…`).
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// As read from the database.
    pub fn from_stored(phc: String) -> Self {
        Self(phc)
    }

    /// As stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Made with less work than we ask for today, or unreadable.
    fn is_old(&self) -> bool {
        let Ok(hash) = phc::PasswordHash::new(&self.0) else { return true };
        let Ok(params) = Params::try_from(&hash) else { return true };
        hash.algorithm.as_str() != Algorithm::Argon2id.as_str()
            || hash.version != Some(Version::V0x13.into())
            || params.m_cost() < MEMORY_KIB
            || params.t_cost() < PASSES
            || params.p_cost() != LANES
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// What comparing a typed password with the stored one says.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not the password; also when there is none to compare with.
    Wrong,
    /// The password.
    Right,
    /// The password; its stored form was weaker than today's, here is the new one.
    RightButOld(PasswordHash),
}

/// The one place where passwords are hashed and compared.
#[derive(Clone, Debug)]
pub struct Passwords {
    seats: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

impl Passwords {
    /// As many at once as the machine has cores.
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self { seats: Arc::new(Semaphore::new(cores)) }
    }

    /// What to keep of an accepted password.
    ///
    /// # Errors
    /// [`Problem::Busy`] when too many wait.
    pub async fn hash(&self, password: Password) -> Result<PasswordHash, Problem> {
        self.in_turn(move || hash(password.typed())).await?
    }

    /// What to keep of the demonstration's password, which everybody knows and the rules refuse.
    ///
    /// # Errors
    /// [`Problem::Busy`] when too many wait.
    pub async fn hash_of_demonstration(&self) -> Result<PasswordHash, Problem> {
        self.in_turn(|| hash(&TypedPassword::read(DEMO_PASSWORD))).await?
    }

    /// Compares what was typed with what is stored. Without anything stored the work is done all the same, so that the time taken does
    /// not tell whether the address has an account.
    ///
    /// # Errors
    /// [`Problem::Busy`] when too many wait.
    pub async fn verify(&self, typed: TypedPassword, stored: Option<PasswordHash>) -> Result<Verdict, Problem> {
        self.in_turn(move || {
            let compared = stored.clone().unwrap_or_else(nobodys);
            let Ok(parsed) = phc::PasswordHash::new(&compared.0) else {
                return Err(anyhow::anyhow!("a stored password that is not in PHC form").into());
            };
            let right = argon2().verify_password(typed.expose().as_bytes(), &parsed).is_ok() && stored.is_some();
            match (right, compared.is_old()) {
                (false, _) => Ok(Verdict::Wrong),
                (true, false) => Ok(Verdict::Right),
                (true, true) => Ok(Verdict::RightButOld(hash(&typed)?)),
            }
        })
        .await?
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let seat = tokio::time::timeout(MOST_WAIT, Arc::clone(&self.seats).acquire_owned())
            .await
            .map_err(|_| Problem::Busy("too many passwords wait to be compared".into()))?
            .map_err(anyhow::Error::from)?;
        // The seat goes with the work: a visitor who leaves does not let another in before the memory is free.
        let done = task::spawn_blocking(move || {
            let done = work();
            drop(seat);
            done
        });
        Ok(done.await.map_err(anyhow::Error::from)?)
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the costs above are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &TypedPassword) -> Result<PasswordHash, Problem> {
    let hash = argon2().hash_password(password.expose().as_bytes()).map_err(|error| anyhow::anyhow!("hashing a password: {error}"))?;
    Ok(PasswordHash(hash.to_string()))
}

/// The stored form of no password at all: comparing with it costs what any comparison costs.
fn nobodys() -> PasswordHash {
    let (salt, output) = ("A".repeat(22), "A".repeat(43));
    PasswordHash(format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${output}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> TypedPassword {
        TypedPassword::read(text)
    }

    #[tokio::test]
    async fn a_password_is_compared_exactly_as_typed() {
        let passwords = Passwords::new();
        let long = format!("{}é ", "x".repeat(126));
        let stored = hash(&typed(&long)).expect("hashing works");
        assert!(stored.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", stored.as_str());
        for (attempt, verdict) in [
            (long.clone(), Verdict::Right),
            // the same accent typed as two characters, as macOS does
            (format!("{}e\u{301} ", "x".repeat(126)), Verdict::Right),
            (long.trim_end().to_owned(), Verdict::Wrong),
            (format!("{}e ", "x".repeat(126)), Verdict::Wrong),
            (format!("{}y", &long[..long.len() - 1]), Verdict::Wrong),
            (long.to_uppercase(), Verdict::Wrong),
            (String::new(), Verdict::Wrong),
        ] {
            assert_eq!(passwords.verify(typed(&attempt), Some(stored.clone())).await.expect("a seat is free"), verdict, "{attempt:?}");
        }
    }

    #[tokio::test]
    async fn an_older_form_is_renewed() {
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 1, 1, None).expect("within bounds"));
        let old = PasswordHash(weak.hash_password(b"quatre mots tranquilles").expect("hashing works").to_string());
        let passwords = Passwords::new();
        let verdict = passwords.verify(typed("quatre mots tranquilles"), Some(old)).await.expect("a seat is free");
        let Verdict::RightButOld(renewed) = verdict else { panic!("{verdict:?}") };
        assert!(!renewed.is_old());
        assert_eq!(passwords.verify(typed("quatre mots tranquilles"), Some(renewed)).await.expect("a seat is free"), Verdict::Right);
    }

    #[tokio::test]
    async fn without_an_account_the_work_is_the_same_and_nothing_opens() {
        assert!(!nobodys().is_old());
        assert_eq!(Passwords::new().verify(typed("quatre mots tranquilles"), None).await.expect("a seat is free"), Verdict::Wrong);
    }
}
