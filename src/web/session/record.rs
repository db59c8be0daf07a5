//! What a session is and how long it lasts.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use tower_sessions::{Session, session::Id};

use crate::{ids::AccountId, problem::Problem, secret::sha256};

/// Time without a request after which an applicant's session ends.
pub const IDLE: Duration = Duration::minutes(30);
/// The same for somebody of the team.
pub const IDLE_STAFF: Duration = Duration::minutes(15);
/// A session ends then, whatever its owner does.
pub const LIFE: Duration = Duration::hours(12);
/// How long an ended session is remembered, so that its owner can be told and given back what they typed.
pub(super) const REMEMBERED: Duration = Duration::hours(24);
/// How often the last request is written down.
pub(super) const SEEN_EVERY: Duration = Duration::MINUTE;

/// SHA-256 of the number the browser holds: tells sessions apart and opens none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SessionKey(pub(super) [u8; 32]);

impl SessionKey {
    /// The key of a number.
    pub fn of(id: Id) -> Self {
        Self(sha256(&id.0.to_le_bytes()))
    }

    /// Reads a key as a page wrote it.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(typed, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl fmt::Display for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionKey({})", hex::encode(&self.0[..4]))
    }
}

/// The program a browser says it is, cut to what a list can show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserAgent(String);

impl UserAgent {
    /// Reads the header; what cannot be shown is left out.
    pub fn read(header: &str) -> Self {
        Self(header.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(300).collect())
    }

    /// As received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// « Firefox sur Windows », or the little that can be told.
    pub fn for_reading(&self) -> String {
        let known = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| self.0.contains(mark)).map(|(_, name)| *name);
        // The order matters: nearly every browser also claims to be the ones below it.
        let browser = known(&[("Firefox/", "Firefox"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
        let system = known(&[
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS X", "macOS"),
            ("Linux", "Linux"),
        ]);
        match (browser, system) {
            (Some(browser), Some(system)) => format!("{browser} sur {system}"),
            (Some(name), None) | (None, Some(name)) => name.to_owned(),
            (None, None) => "Navigateur inconnu".to_owned(),
        }
    }
}

/// What a session is opened with; kept in it, and copied into columns when its row is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSession {
    /// Whose.
    pub account: AccountId,
    /// Minutes without a request after which it ends.
    pub idle_minutes: i32,
    /// In which browser.
    pub user_agent: UserAgent,
}

pub(super) const OPENED: &str = "opened";

impl NewSession {
    /// Opens the session of somebody who has just proved who they are, under a new number: one planted before is dead.
    ///
    /// # Errors
    /// [`Problem::Busy`] when the database does not answer.
    pub async fn open(&self, session: &Session) -> Result<(), Problem> {
        let busy = |error: tower_sessions::session::Error| Problem::Busy(error.to_string());
        session.flush().await.map_err(busy)?;
        session.insert(OPENED, self).await.map_err(busy)?;
        session.save().await.map_err(busy)
    }
}

/// Lets go of a session that opens nothing any more; its cookie leaves with the answer. A row that has ended stays until it is purged.
///
/// # Errors
/// [`Problem::Busy`] when the database does not answer.
pub async fn leave(session: &Session) -> Result<(), Problem> {
    let busy = |error: tower_sessions::session::Error| Problem::Busy(error.to_string());
    // Reading it is what makes tower-sessions notice that it has ended.
    if session.get_value(OPENED).await.map_err(busy)?.is_some() {
        session.flush().await.map_err(busy)?;
    }
    Ok(())
}

/// A session as found by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// It lives.
    Open {
        /// Whose.
        account: AccountId,
        /// Its last request was long enough ago to be written down again.
        unseen: bool,
    },
    /// It ended, not long ago.
    Ended {
        /// Whose it was.
        account: AccountId,
    },
}

impl SessionState {
    /// What a row says at that moment.
    pub(super) fn at(
        now: OffsetDateTime,
        account: AccountId,
        last_seen_at: OffsetDateTime,
        idle: Duration,
        expires_at: OffsetDateTime,
    ) -> Self {
        if now < expires_at && now < last_seen_at + idle {
            Self::Open { account, unseen: now >= last_seen_at + SEEN_EVERY }
        } else {
            Self::Ended { account }
        }
    }
}

/// One of a person's open sessions, as their profile lists it.
#[derive(Clone, Debug)]
pub struct OwnSession {
    /// Its key.
    pub key: SessionKey,
    /// In which browser.
    pub user_agent: UserAgent,
    /// When it was opened.
    pub created_at: OffsetDateTime,
    /// Its last request, to the minute.
    pub last_seen_at: OffsetDateTime,
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_session_ends_when_idle_or_old() {
        let start = datetime!(2026-12-03 09:00 UTC);
        let account = AccountId(1);
        let state = |now, seen| SessionState::at(now, account, seen, IDLE, start + LIFE);
        let (open, ended) = (SessionState::Open { account, unseen: true }, SessionState::Ended { account });
        for (now, seen, expected) in [
            (start, start, SessionState::Open { account, unseen: false }),
            (start + Duration::seconds(59), start, SessionState::Open { account, unseen: false }),
            (start + Duration::minutes(1), start, open),
            (start + IDLE - Duration::SECOND, start, open),
            (start + IDLE, start, ended),
            (start + LIFE - Duration::SECOND, start + LIFE - Duration::minutes(2), open),
            (start + LIFE, start + LIFE - Duration::SECOND, ended),
        ] {
            assert_eq!(state(now, seen), expected, "{now}");
        }
    }

    #[test]
    fn a_browser_is_named_as_people_know_it() {
        for (header, name) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox sur Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0",
                "Edge sur Windows",
            ),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604", "Safari sur iPhone"),
            ("curl/8.5", "Navigateur inconnu"),
            ("", "Navigateur inconnu"),
        ] {
            assert_eq!(UserAgent::read(header).for_reading(), name, "{header}");
        }
        assert_eq!(UserAgent::read(&"é\u{202e}x".repeat(400)).as_str(), "x".repeat(300));
    }

    #[test]
    fn a_key_is_read_back_as_written() {
        let key = SessionKey::of(Id(-42));
        assert_eq!(SessionKey::parse(&key.to_string()), Some(key));
        assert_eq!(SessionKey::parse("00"), None);
        assert_eq!(SessionKey::parse(&"zz".repeat(32)), None);
    }
}
