//! A file that was received, as the desk knows it.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{FileName, Kind, content::Size};
use crate::ids::ApplicationId;

/// A file of a demande. What it holds never changes: replacing it makes another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its number.
    pub id: Uuid,
    /// The number its bytes are stored under.
    pub object: Uuid,
    /// What files that replaced one another have in common.
    pub line: Uuid,
    /// The demande.
    pub application: ApplicationId,
    /// The field of the form it answers, by its name; none for what is not of the form, as a message's file.
    pub field: Option<String>,
    /// Its name, as shown.
    pub name: FileName,
    /// What it is.
    pub kind: Kind,
    /// Bytes.
    pub size: u64,
    /// Of its bytes.
    pub checksum: Checksum,
    /// What the antivirus said.
    pub scan: Scan,
    /// When it was received.
    pub added_at: OffsetDateTime,
}

#[cfg(test)]
impl Attachment {
    /// A mock-up of that line and name, for the tests of what is made of files.
    pub(crate) fn example(line: u128, name: &str) -> Self {
        Self {
            id: Uuid::new_v4(),
            object: Uuid::new_v4(),
            line: Uuid::from_u128(line),
            application: ApplicationId(1),
            field: Some("mockups".into()),
            name: FileName::read(name, Kind::Pdf).expect("a name"),
            kind: Kind::Pdf,
            size: 10,
            checksum: Checksum([0; 32]),
            scan: Scan::Clean,
            added_at: OffsetDateTime::UNIX_EPOCH,
        }
    }
}

/// SHA-256 of a file's bytes: two files with the same one are the same file, whatever their names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Checksum(pub [u8; 32]);

/// What is known of a file's harmlessness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Scan {
    /// No antivirus is set up.
    NotScanned,
    /// The antivirus has not answered yet.
    Pending,
    /// It found nothing.
    Clean,
    /// It found something: nobody may open the file, no decision may rest on it.
    Infected,
}

impl Attachment {
    /// « PDF, 2,4 Mo ».
    pub fn facts(&self) -> String {
        format!("{}, {}", self.kind.label(), Size(self.size))
    }

    /// What must be done of it once a virus was found in it.
    pub fn remedy(&self) -> &'static str {
        match self.field {
            Some(_) => "il doit être remplacé ou retiré",
            None => "un fichier sain doit prendre sa place",
        }
    }
}

/// Those of one field, in their order.
pub fn of_field<'a>(attachments: &'a [Attachment], field: &str) -> Vec<&'a Attachment> {
    attachments.iter().filter(|attachment| attachment.field.as_deref() == Some(field)).collect()
}

impl Scan {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotScanned => "Non analysé par un antivirus.",
            Self::Pending => "En attente de l’antivirus\u{a0}: vous pouvez continuer.",
            Self::Clean => "L’antivirus n’a rien trouvé.",
            Self::Infected => "Virus trouvé.",
        }
    }

    /// Whether something was found.
    pub fn is_infected(self) -> bool {
        self == Self::Infected
    }

    /// Whether the file may leave the desk.
    pub fn may_be_opened(self) -> bool {
        !self.is_infected()
    }
}

impl Checksum {
    /// Its first characters, enough to compare two files by eye.
    pub fn short(&self) -> String {
        hex::encode(&self.0[..4])
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Checksum({self})")
    }
}

impl TryFrom<String> for Checksum {
    type Error = hex::FromHexError;

    fn try_from(text: String) -> Result<Self, hex::FromHexError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)?;
        Ok(Self(bytes))
    }
}

impl From<Checksum> for String {
    fn from(checksum: Checksum) -> Self {
        checksum.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_written_and_read_again() {
        let checksum = Checksum([0xab; 32]);
        assert_eq!(checksum.short(), "abababab");
        assert_eq!(Checksum::try_from(String::from(checksum)), Ok(checksum));
        assert!(Checksum::try_from("ab".to_owned()).is_err());
    }

    #[test]
    fn only_an_infected_file_is_held_back() {
        assert!([Scan::NotScanned, Scan::Pending, Scan::Clean].iter().all(|scan| scan.may_be_opened()));
        assert!(!Scan::Infected.may_be_opened());
    }
}
