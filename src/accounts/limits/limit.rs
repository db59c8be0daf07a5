//! What is counted, up to where, over how long.
//!
//! A stranger must not be able to guess (per account), to try one password on many accounts (per address), nor to shut somebody out: waits
//! end with their window, and a browser its owner has signed in with, or brought back by a link sent to their mailbox, is counted alone.

use std::net::IpAddr;

use time::{Duration, OffsetDateTime};

use crate::{
    accounts::{known_browser::KnownBrowser, person::EmailAddress},
    ids::AccountId,
    secret::sha256,
};

/// How many, over how long. Windows are cut from the clock, so a wait never lasts longer than its window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Part of the key: two limits on one thing are counted apart.
    name: &'static str,
    /// Tries allowed.
    pub most: i32,
    window: Duration,
}

const fn limit(name: &'static str, most: i32, window: Duration) -> Limit {
    Limit { name, most, window }
}

const PASSWORD_OF_ACCOUNT: Limit = limit("compte", 10, Duration::minutes(15));
const PASSWORD_OF_ACCOUNT_IN_A_DAY: Limit = limit("compte-jour", 50, Duration::DAY);
const PASSWORD_FROM_ADDRESS: Limit = limit("adresse", 20, Duration::minutes(15));
const PASSWORD_FROM_ADDRESS_IN_A_DAY: Limit = limit("adresse-jour", 200, Duration::DAY);
const PASSWORD_FROM_KNOWN_BROWSER: Limit = limit("appareil", 10, Duration::minutes(15));
const PASSWORD_FROM_ANYWHERE: Limit = limit("tous", 1_000, Duration::minutes(5));
const PASSWORD_IN_A_SESSION: Limit = limit("session", 10, Duration::minutes(15));
const LETTERS_TO_ADDRESSEE: Limit = limit("lettres", 3, Duration::HOUR);
const LETTERS_TO_ADDRESSEE_IN_A_DAY: Limit = limit("lettres-jour", 8, Duration::DAY);
const LETTERS_FROM_ADDRESS: Limit = limit("lettres-adresse", 20, Duration::HOUR);
const LETTERS_FROM_ANYWHERE: Limit = limit("lettres-tous", 1_000, Duration::HOUR);
const LOOK_UPS_FROM_ADDRESS: Limit = limit("registre-adresse", 120, Duration::minutes(15));
const LOOK_UPS_FROM_ANYWHERE: Limit = limit("registre-tous", 5_000, Duration::minutes(15));
const VERIFICATIONS_FROM_ADDRESS: Limit = limit("verification-adresse", 120, Duration::minutes(15));
const VERIFICATIONS_FROM_ANYWHERE: Limit = limit("verification-tous", 5_000, Duration::minutes(15));

/// One counter that a try advances.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    /// The counter.
    pub key: String,
    /// When its window started.
    pub window_starts_at: OffsetDateTime,
    /// When it ends.
    pub window_ends_at: OffsetDateTime,
    /// Tries allowed in it.
    pub most: i32,
}

impl Limit {
    fn on(self, what: &str, now: OffsetDateTime) -> Counted {
        let seconds = self.window.whole_seconds();
        let start = now.unix_timestamp().div_euclid(seconds) * seconds;
        let window_starts_at = OffsetDateTime::from_unix_timestamp(start).unwrap_or(now);
        Counted { key: format!("{}/{what}", self.name), window_starts_at, window_ends_at: window_starts_at + self.window, most: self.most }
    }
}

/// No more tries before that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// When tries are accepted again.
    pub until: OffsetDateTime,
}

impl Wait {
    /// Seconds from now, for `Retry-After`.
    pub fn seconds(self, now: OffsetDateTime) -> u64 {
        u64::try_from((self.until - now).whole_seconds()).unwrap_or(0).max(1)
    }
}

/// What a try to sign in advances. The address typed is counted whether it has an account or not.
pub fn on_sign_in(email: &EmailAddress, client: IpAddr, known_browser: Option<KnownBrowser>, now: OffsetDateTime) -> Vec<Counted> {
    if let Some(browser) = known_browser {
        return vec![PASSWORD_FROM_KNOWN_BROWSER.on(&browser.0.simple().to_string(), now)];
    }
    let (account, client) = (fingerprint(email), neighbourhood(client));
    vec![
        PASSWORD_OF_ACCOUNT.on(&account, now),
        PASSWORD_OF_ACCOUNT_IN_A_DAY.on(&account, now),
        PASSWORD_FROM_ADDRESS.on(&client, now),
        PASSWORD_FROM_ADDRESS_IN_A_DAY.on(&client, now),
        PASSWORD_FROM_ANYWHERE.on("", now),
    ]
}

/// What asking the password again of somebody signed in advances: their session may be in other hands.
pub fn on_confirmation(account: AccountId, now: OffsetDateTime) -> Vec<Counted> {
    vec![PASSWORD_IN_A_SESSION.on(&account.to_string(), now)]
}

/// What a letter asked for by a stranger advances.
pub fn on_letter(email: &EmailAddress, client: IpAddr, now: OffsetDateTime) -> Vec<Counted> {
    let addressee = fingerprint(email);
    vec![
        LETTERS_TO_ADDRESSEE.on(&addressee, now),
        LETTERS_TO_ADDRESSEE_IN_A_DAY.on(&addressee, now),
        LETTERS_FROM_ADDRESS.on(&neighbourhood(client), now),
        LETTERS_FROM_ANYWHERE.on("", now),
    ]
}

/// What looking a number up in the register advances, for somebody who has no account.
pub fn on_look_up(client: IpAddr, now: OffsetDateTime) -> Vec<Counted> {
    vec![LOOK_UPS_FROM_ADDRESS.on(&neighbourhood(client), now), LOOK_UPS_FROM_ANYWHERE.on("", now)]
}

/// What asking whether a right is valid advances, for somebody who has no account.
pub fn on_verification(client: IpAddr, now: OffsetDateTime) -> Vec<Counted> {
    vec![VERIFICATIONS_FROM_ADDRESS.on(&neighbourhood(client), now), VERIFICATIONS_FROM_ANYWHERE.on("", now)]
}

/// An address typed by anybody is not kept.
fn fingerprint(email: &EmailAddress) -> String {
    hex::encode(sha256(email.as_str().as_bytes()))
}

/// One home or office: an IPv4 address, or the 64 first bits of an IPv6 one, all of which its holder may use.
fn neighbourhood(client: IpAddr) -> String {
    match client.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn an_ipv6_holder_is_one_neighbour() {
        for (address, key) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ] {
            assert_eq!(neighbourhood(address.parse().expect("an address")), key);
        }
    }

    #[test]
    fn a_known_browser_is_counted_alone() {
        let email = EmailAddress::parse("camille@clamart.fr").expect("an address");
        let (client, now) = (IpAddr::from([192, 0, 2, 7]), datetime!(2026-12-03 09:07 UTC));
        let browser = KnownBrowser::fresh();
        let counted = on_sign_in(&email, client, Some(browser), now);
        assert_eq!(counted.len(), 1);
        assert_eq!(counted[0].window_ends_at, datetime!(2026-12-03 09:15 UTC));
        assert_eq!(on_sign_in(&email, client, None, now).len(), 5);
        assert!(on_sign_in(&email, client, None, now).iter().all(|counted| !counted.key.contains("camille")));
    }

    proptest! {
        #[test]
        fn a_wait_ends_with_its_window(second in 0i64..4_000_000_000, minutes in 1i64..1440) {
            let now = OffsetDateTime::from_unix_timestamp(second).expect("a moment");
            let window = Duration::minutes(minutes);
            let counted = limit("x", 1, window).on("y", now);
            prop_assert!(counted.window_starts_at <= now && now < counted.window_ends_at);
            let wait = Wait { until: counted.window_ends_at }.seconds(now);
            prop_assert!(wait >= 1 && wait <= window.whole_seconds().unsigned_abs());
        }
    }
}
