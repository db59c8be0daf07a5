//! The e-mail domain of an organisation: what its people's addresses end with.

use std::{collections::HashSet, fmt, sync::LazyLock};

use time::OffsetDateTime;

use crate::{
    accounts::EmailAddress,
    calendar,
    ids::{AccountId, DomainId},
};

pub(super) mod store;

/// Domains where anybody may open a mailbox; the file says where they come from.
static PUBLIC: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("public_mailboxes.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect());

/// What follows the « @ » of an address, in lower case and ASCII: an accented name in its « xn-- » form, so that names that only look
/// alike are not equal. Never one where anybody may open a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailDomain(String);

/// Why a domain confirms nobody; its `Display` is the sentence to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainFault {
    /// Nothing was typed.
    #[error("Indiquez le domaine, c’est-à-dire ce qui suit « @ » dans les adresses de l’organisme.")]
    Empty,
    /// It ends no address.
    #[error("Ce domaine n’est pas complet. Indiquez ce qui suit « @ » dans les adresses, par exemple : mairie-exemple.fr")]
    Malformed,
    /// Anybody may have an address there.
    #[error("N’importe qui peut ouvrir une adresse en @{0} : ce domaine ne peut confirmer l’appartenance de personne.")]
    Public(String),
}

impl EmailDomain {
    /// The domain of somebody's address.
    ///
    /// # Errors
    /// [`DomainFault`] when it can confirm nobody.
    pub fn of(email: &EmailAddress) -> Result<Self, DomainFault> {
        let domain = email.as_str().rsplit_once('@').map_or("", |(_, domain)| domain);
        // An address is compared as it is stored: one that is written otherwise than its domain reads is not taken.
        Self::parse(domain).and_then(|parsed| if parsed.0 == domain { Ok(parsed) } else { Err(DomainFault::Malformed) })
    }

    /// Reads a domain as typed: alone, with its « @ », or at the end of an address.
    ///
    /// # Errors
    /// [`DomainFault`] with the sentence to show.
    pub fn parse(typed: &str) -> Result<Self, DomainFault> {
        let typed = typed.trim();
        let typed = typed.rsplit_once('@').map_or(typed, |(_, domain)| domain);
        if typed.is_empty() {
            return Err(DomainFault::Empty);
        }
        match url::Host::parse(typed) {
            Ok(url::Host::Domain(domain)) if ends_an_address(&domain) => {
                if PUBLIC.contains(domain.as_str()) {
                    Err(DomainFault::Public(domain))
                } else {
                    Ok(Self(domain))
                }
            }
            _ => Err(DomainFault::Malformed),
        }
    }

    /// As stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Two labels at least, of letters, digits and inner hyphens; the last one starts with a letter.
fn ends_an_address(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    domain.len() <= 253
        && domain.contains('.')
        && domain.split('.').all(is_label)
        && last.len() >= 2
        && last.starts_with(|c: char| c.is_ascii_lowercase())
}

/// A domain an organisation vouches for: whoever joins with an address that ends so is verified at once, until it is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmedDomain {
    /// Its number.
    pub id: DomainId,
    /// The domain, as stored.
    pub domain: String,
    /// Who confirmed it, when, and why when it was the team.
    pub confirmed: Vouching,
    /// Who removed it, when, and why when it was the team; nobody while it stands.
    pub removed: Option<Vouching>,
}

/// Somebody vouched for a domain, or no longer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouching {
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub by: AccountId,
    /// Their name.
    pub by_name: String,
    /// The team's reason; nothing when it was a member.
    pub because: Option<String>,
}

impl ConfirmedDomain {
    /// Whether the team removed it: then the team alone confirms it again.
    pub fn was_removed_by_the_team(&self) -> bool {
        self.removed.as_ref().is_some_and(|removed| removed.because.is_some())
    }
}

impl Vouching {
    /// « par Nadia Ferrand, de l’équipe FranceConnect, le 3 décembre 2026 ».
    pub fn words(&self) -> String {
        let quality = if self.because.is_some() { ", de l’équipe FranceConnect," } else { "" };
        format!("par {}{quality} le {}", self.by_name, calendar::day(self.at))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(address: &str) -> Result<String, DomainFault> {
        EmailDomain::of(&EmailAddress::parse(address).expect("an address")).map(|domain| domain.to_string())
    }

    #[test]
    fn a_domain_is_what_follows_the_at_sign_in_lower_case() {
        for typed in ["clamart.fr", " CLAMART.fr ", "@clamart.fr", "Camille.Rousseau@Clamart.FR"] {
            assert_eq!(EmailDomain::parse(typed).map(|domain| domain.to_string()), Ok("clamart.fr".into()), "{typed}");
        }
        assert_eq!(of("Camille@CLAMART.FR"), Ok("clamart.fr".into()));
        assert_eq!(of("camille@mail.clamart.fr"), Ok("mail.clamart.fr".into()), "a subdomain is another domain");
    }

    #[test]
    fn an_accented_name_is_kept_in_its_ascii_form_and_what_looks_alike_differs() {
        let accented = EmailDomain::parse("mairie-été.fr").expect("a domain");
        assert_eq!(accented.as_str(), "xn--mairie-t-h1ab.fr");
        assert_eq!(EmailDomain::parse("MAIRIE-ÉTÉ.fr").expect("a domain"), accented);
        assert_eq!(of("camille@xn--mairie-t-h1ab.fr"), Ok(accented.as_str().to_owned()));
        // a Cyrillic « а », and full-width letters that do mean Latin ones
        assert_ne!(EmailDomain::parse("cl\u{430}mart.fr"), EmailDomain::parse("clamart.fr"));
        assert_eq!(EmailDomain::parse("ｃlamart.fr"), EmailDomain::parse("clamart.fr"));
    }

    #[test]
    fn what_ends_no_address_is_refused() {
        let long = format!("{}.fr", "a".repeat(64));
        for typed in [
            "clamart",
            "clamart.fr.",
            ".fr",
            "a..fr",
            "192.0.2.1",
            "[192.0.2.1]",
            "clamart.fr/x",
            "a b.fr",
            "a_b.fr",
            "-a.fr",
            "a-.fr",
            "a.1",
            &long,
        ] {
            assert_eq!(EmailDomain::parse(typed), Err(DomainFault::Malformed), "{typed}");
        }
        for typed in ["", " ", "@", "camille@"] {
            assert_eq!(EmailDomain::parse(typed), Err(DomainFault::Empty), "{typed:?}");
        }
    }

    #[test]
    fn where_anybody_may_open_a_mailbox_nobody_is_confirmed() {
        for domain in [
            "gmail.com",
            "orange.fr",
            "free.fr",
            "wanadoo.fr",
            "laposte.net",
            "outlook.com",
            "outlook.fr",
            "hotmail.fr",
            "sfr.fr",
            "bbox.fr",
            "yahoo.fr",
            "icloud.com",
            "proton.me",
            "netcourrier.com",
            "mailo.com",
            "yopmail.com",
        ] {
            assert_eq!(of(&format!("mairie.clamart@{domain}")), Err(DomainFault::Public(domain.into())));
            assert_eq!(EmailDomain::parse(&domain.to_uppercase()), Err(DomainFault::Public(domain.into())));
        }
        for domain in ["modernisation.gouv.fr", "clamart.fr", "paris.fr", "ac-versailles.fr", "orange.com", "ameli.fr", "laposte.fr"] {
            assert!(EmailDomain::parse(domain).is_ok(), "{domain}");
        }
    }

    #[test]
    fn the_list_holds_domains_as_they_are_compared() {
        assert!(PUBLIC.len() > 8_000, "{}", PUBLIC.len());
        let odd: Vec<_> =
            PUBLIC.iter().filter(|domain| EmailDomain::parse(domain) != Err(DomainFault::Public((**domain).to_owned()))).collect();
        assert!(odd.is_empty(), "{odd:?}");
    }

    proptest! {
        #[test]
        fn what_is_read_is_read_again(typed in "\\PC{0,30}(\\.[a-zé]{1,5})?") {
            if let Ok(domain) = EmailDomain::parse(&typed) {
                prop_assert_eq!(EmailDomain::parse(domain.as_str()), Ok(domain));
            }
        }
    }
}
