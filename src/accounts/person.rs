//! A person and what is known of them.

use std::str::FromStr;

use lettre::Address;
use serde::{Deserialize, Serialize};
use validator::ValidateEmail;

use super::role::Role;
use crate::{
    ids::AccountId,
    journal::By,
    notifications::Recipient,
    text::{self, TextFault},
};

/// An e-mail address: lower case, and one the mailer can use.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailFault {
    /// Nothing was typed.
    #[error("Indiquez une adresse électronique.")]
    Empty,
    /// It cannot be written to.
    #[error("Cette adresse n’est pas complète. Exemple : prenom.nom@organisme.fr")]
    Malformed,
}

impl EmailAddress {
    /// Reads an address as typed.
    ///
    /// # Errors
    /// [`EmailFault`] with the sentence to show.
    pub fn parse(typed: &str) -> Result<Self, EmailFault> {
        let address = typed.trim().to_lowercase();
        if address.is_empty() {
            return Err(EmailFault::Empty);
        }
        let has_tld = address.rsplit_once('@').is_some_and(|(_, domain)| domain.contains('.') && !domain.ends_with('.'));
        let is_plain = address.len() <= 254 && address.is_ascii() && !address.contains(['<', '>', '"', ',', ';', ':']);
        if is_plain && has_tld && address.validate_email() && Address::from_str(&address).is_ok() {
            Ok(Self(address))
        } else {
            Err(EmailFault::Malformed)
        }
    }

    /// The address as stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A first name or a name: a line of at most 60 characters that is not a link.
///
/// # Errors
/// The sentence to show.
pub fn parse_person_name(typed: &str) -> Result<String, String> {
    let name = text::line(typed, 60).map_err(|fault: TextFault| fault.to_string())?;
    if name.contains("://") || name.contains("www.") || name.contains(['<', '>', '@']) {
        return Err("Un nom ne contient ni adresse ni lien.".into());
    }
    Ok(name)
}

/// A telephone number in E.164: « +33612345678 ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

/// Why a number is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneFault {
    /// Nothing was typed.
    #[error("Indiquez un numéro de téléphone.")]
    Empty,
    /// Not a number.
    #[error("Ce numéro n’est pas complet. Exemple : 06 12 34 56 78")]
    Malformed,
    /// A fixed line where an SMS is sent.
    #[error("Indiquez un numéro de portable français : un SMS y sera envoyé. Exemple : 06 12 34 56 78")]
    NotMobile,
}

impl Phone {
    /// Reads a number as typed: French ones without prefix, others with « + » or « 00 ».
    ///
    /// # Errors
    /// [`PhoneFault`] with the sentence to show.
    pub fn parse(typed: &str) -> Result<Self, PhoneFault> {
        let mut compact: String = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/' | '\u{2011}')).collect();
        compact = compact.replace("(0)", "");
        if compact.is_empty() {
            return Err(PhoneFault::Empty);
        }
        let international = if let Some(rest) = compact.strip_prefix('+') {
            rest.to_owned()
        } else if let Some(rest) = compact.strip_prefix("00") {
            rest.to_owned()
        } else if let Some(rest) = compact.strip_prefix('0').filter(|rest| rest.len() == 9) {
            format!("{}{rest}", overseas_prefix(rest))
        } else {
            return Err(PhoneFault::Malformed);
        };
        let is_number = international.bytes().all(|byte| byte.is_ascii_digit());
        let is_french = international.starts_with("33");
        let right_length = if is_french { international.len() == 11 } else { (7..=15).contains(&international.len()) };
        if is_number && right_length && !international.starts_with('0') && !international.starts_with("330") {
            Ok(Self(format!("+{international}")))
        } else {
            Err(PhoneFault::Malformed)
        }
    }

    /// Reads a French mobile number: mainland, overseas departments and territories.
    ///
    /// # Errors
    /// [`PhoneFault`] with the sentence to show.
    pub fn parse_mobile(typed: &str) -> Result<Self, PhoneFault> {
        let phone = Self::parse(typed)?;
        if phone.is_french_mobile() { Ok(phone) } else { Err(PhoneFault::NotMobile) }
    }

    fn is_french_mobile(&self) -> bool {
        let digits = &self.0[1..];
        let starts = |prefix: &str, after: std::ops::RangeInclusive<usize>| {
            digits.strip_prefix(prefix).is_some_and(|rest| after.contains(&rest.len()))
        };
        starts("336", 8..=8)
            || starts("337", 8..=8)
            || ["262692", "262693", "262639", "590690", "590691", "594694", "596696", "596697"].iter().any(|prefix| starts(prefix, 6..=6))
            || ["508", "681", "687", "689"].iter().any(|prefix| starts(prefix, 6..=8))
    }

    /// In E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As people read it: « 06 12 34 56 78 », or the international form.
    pub fn for_reading(&self) -> String {
        match self.0.strip_prefix("+33") {
            Some(rest) => {
                let national = format!("0{rest}");
                national.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).into_owned()).collect::<Vec<_>>().join("\u{a0}")
            }
            None => self.0.clone(),
        }
    }
}

/// Mobiles of the overseas departments are dialled 06… at home and have their own prefix abroad.
fn overseas_prefix(nine_digits: &str) -> &'static str {
    match nine_digits.get(..3) {
        Some("690" | "691") => "590",
        Some("694") => "594",
        Some("696" | "697") => "596",
        Some("692" | "693" | "639") => "262",
        _ => "33",
    }
}

/// Somebody with an open account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: AccountId,
    /// The address.
    pub email: EmailAddress,
    /// First name.
    pub given_name: String,
    /// Name.
    pub family_name: String,
    /// Job title, or nothing.
    pub job_title: String,
    /// In E.164, or nothing.
    pub phone: String,
    /// Staff roles.
    pub roles: Vec<Role>,
}

impl Person {
    /// « Camille Rousseau ».
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// Whether this person has that role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether this person belongs to the team.
    pub fn is_staff(&self) -> bool {
        !self.roles.is_empty()
    }

    /// As the author of a fact in the journal.
    pub fn as_author(&self) -> By {
        By::Person { account: self.account, name: self.full_name() }
    }

    /// As the recipient of a letter.
    pub fn as_recipient(&self) -> Recipient {
        Recipient { address: self.email.as_str().to_owned(), name: self.full_name() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_lower_case() {
        assert_eq!(
            EmailAddress::parse("  Camille.Rousseau@Clamart.FR ").map(|email| email.to_string()),
            Ok("camille.rousseau@clamart.fr".into())
        );
    }

    #[test]
    fn what_cannot_be_written_to_is_refused() {
        for typed in
            ["camille", "camille@clamart", "a b@c.fr", "a@b.fr\r\nBcc: x@y.fr", "<a@b.fr>", "a@b.fr,c@d.fr", "@b.fr", "a@.fr", "a@b.fr."]
        {
            assert_eq!(EmailAddress::parse(typed), Err(EmailFault::Malformed), "{typed:?}");
        }
        assert_eq!(EmailAddress::parse("  "), Err(EmailFault::Empty));
    }

    #[test]
    fn a_french_number_is_read_however_it_is_written() {
        for typed in ["0612345678", "06 12 34 56 78", "06.12.34.56.78", "+33 6 12 34 56 78", "0033612345678", "+33 (0)6 12 34 56 78"] {
            assert_eq!(Phone::parse_mobile(typed).map(|phone| phone.as_str().to_owned()), Ok("+33612345678".into()), "{typed}");
        }
        assert_eq!(Phone::parse_mobile("0692 12 34 56").map(|phone| phone.as_str().to_owned()), Ok("+262692123456".into()));
        assert_eq!(Phone::parse_mobile("+689 87 12 34 56").map(|phone| phone.as_str().to_owned()), Ok("+68987123456".into()));
    }

    #[test]
    fn a_fixed_line_receives_no_sms() {
        assert_eq!(Phone::parse_mobile("01 46 62 35 35"), Err(PhoneFault::NotMobile));
        assert_eq!(Phone::parse("01 46 62 35 35").map(|phone| phone.for_reading()), Ok("01\u{a0}46\u{a0}62\u{a0}35\u{a0}35".into()));
        for typed in ["12", "061234567", "+33061234567x", "appelez-moi", "+330612345678"] {
            assert_eq!(Phone::parse(typed), Err(PhoneFault::Malformed), "{typed}");
        }
    }

    #[test]
    fn a_name_carries_no_link() {
        assert!(parse_person_name("Zoé").is_ok());
        assert!(parse_person_name("voir https://example.com").is_err());
        assert!(parse_person_name("a\nb").is_err());
    }
}
