//! The name a file came with, made fit to be shown, kept and sent back.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{ContentFault, Kind};

/// Characters a name may hold.
const MOST: usize = 120;

/// A name on one line, without a path, whose ending is that of its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FileName(String);

impl FileName {
    /// Cleans the name a browser sent: only what stands after the last separator, without invisible characters, not too long.
    ///
    /// # Errors
    /// [`ContentFault::OtherExtension`] when its ending announces something else than what the file holds.
    pub fn read(sent: &str, kind: Kind) -> Result<Self, ContentFault> {
        let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
        let visible: String = last.nfc().filter(|c| !(c.is_control() || is_invisible(*c))).collect();
        let words = visible.split_whitespace().collect::<Vec<_>>().join(" ");
        let clean = words.trim_matches(['.', ' ', '"', '\'']);
        let extensions = kind.extensions();
        let (stem, extension) = match clean.rsplit_once('.') {
            Some((stem, extension)) if extensions.iter().any(|known| extension.eq_ignore_ascii_case(known)) => {
                (stem, extension.to_lowercase())
            }
            // « Compte rendu 12.03 » has no ending; « facture.exe » has one, which is not ours.
            Some((_, extension)) if looks_like_an_extension(extension) => return Err(ContentFault::OtherExtension),
            _ => (clean, extensions[0].to_owned()),
        };
        let room = MOST - extension.len() - 1;
        let stem: String = stem.chars().take(room).collect();
        let stem = if stem.trim().is_empty() { "fichier" } else { stem.trim() };
        Ok(Self(format!("{stem}.{extension}")))
    }

    /// From the database, which holds only names that were read.
    pub(super) fn stored(name: String) -> Self {
        Self(name)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of `Content-Disposition` (RFC 6266): always an attachment, its name readable by every browser.
    pub fn disposition(&self) -> String {
        let plain: String = self.0.chars().map(|c| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' }).collect();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let encode = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        let encoded: String = self.0.bytes().map(encode).collect();
        format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
    }
}

/// Characters that change how a name reads, or that nobody sees.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

fn looks_like_an_extension(end: &str) -> bool {
    (2..=5).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && end.bytes().any(|byte| byte.is_ascii_alphabetic())
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(sent: &str) -> String {
        FileName::read(sent, Kind::Pdf).expect("a name").0
    }

    #[test]
    fn a_name_is_kept_as_it_reads() {
        for (sent, kept) in [
            ("Délibération n° 12.pdf", "Délibération n° 12.pdf"),
            ("MAQUETTE.PDF", "MAQUETTE.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\camille\\maquette.pdf", "maquette.pdf"),
            ("maquette\r\nSet-Cookie: a=b.pdf", "maquetteSet-Cookie: a=b.pdf"),
            ("\u{202e}fdp.exe.pdf", "fdp.exe.pdf"),
            ("Compte rendu 12.03", "Compte rendu 12.03.pdf"),
            ("", "fichier.pdf"),
            ("...", "fichier.pdf"),
            (".pdf", "pdf.pdf"),
        ] {
            assert_eq!(read(sent), kept, "{sent:?}");
        }
        assert_eq!(FileName::read("photo.JPEG", Kind::Jpeg).expect("a name").as_str(), "photo.jpeg");
    }

    #[test]
    fn a_name_that_announces_something_else_is_refused() {
        for sent in ["maquette.pdf.exe", "maquette.png", "page.html", "a.docm"] {
            assert_eq!(FileName::read(sent, Kind::Pdf), Err(ContentFault::OtherExtension), "{sent}");
        }
    }

    #[test]
    fn a_name_is_sent_back_to_every_browser() {
        let disposition = FileName::read("Délibération \"n° 12\".pdf", Kind::Pdf).expect("a name").disposition();
        assert_eq!(
            disposition,
            "attachment; filename=\"D_lib_ration _n_ 12_.pdf\"; filename*=UTF-8''D%C3%A9lib%C3%A9ration%20%22n%C2%B0%2012%22.pdf"
        );
    }

    proptest! {
        #[test]
        fn any_name_becomes_one_that_can_be_kept(sent in "\\PC{0,300}|[\\x00-\\x7f]{0,300}") {
            if let Ok(name) = FileName::read(&sent, Kind::Pdf) {
                prop_assert!(name.0.chars().count() <= MOST && name.0.rsplit_once('.').is_some_and(|(_, end)| end == "pdf"));
                prop_assert!(!name.0.chars().any(|c| c.is_control() || c == '/' || c == '\\'));
                prop_assert!(name.disposition().is_ascii());
                prop_assert_eq!(FileName::read(&name.0, Kind::Pdf), Ok(name.clone()), "read again, it stays");
            }
        }
    }
}
