//! What a file is, told from what it holds and never from its name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kinds of files the desk takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display)]
pub enum Kind {
    /// A document.
    #[serde(rename = "application/pdf")]
    #[strum(serialize = "application/pdf")]
    Pdf,
    /// A screenshot.
    #[serde(rename = "image/png")]
    #[strum(serialize = "image/png")]
    Png,
    /// A photograph.
    #[serde(rename = "image/jpeg")]
    #[strum(serialize = "image/jpeg")]
    Jpeg,
}

/// Why a file is not taken; its `Display` goes on after the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentFault {
    /// Nothing in it.
    #[error("est vide. Vérifiez-le, puis joignez-le de nouveau.")]
    Empty,
    /// Beyond [`super::MOST_BYTES`].
    #[error("dépasse 10\u{a0}Mo. Réduisez-le ou divisez-le, puis joignez-le de nouveau.")]
    TooBig,
    /// None of the kinds.
    #[error("n’est ni un PDF, ni une image PNG ou JPEG. Enregistrez-le dans l’un de ces formats, puis joignez-le de nouveau.")]
    Unknown,
    /// It begins as one of them and does not end as it should.
    #[error("est incomplet ou abîmé. Ouvrez-le pour le vérifier, puis joignez-le de nouveau.")]
    Truncated,
    /// A document nobody could open.
    #[error(
        "est protégé (chiffré)\u{a0}: nous ne pourrions pas le lire. Enregistrez-le sans protection ni mot de passe, puis joignez-le de nouveau."
    )]
    Encrypted,
    /// A file that is also a page or an archive: two programs would not see the same thing in it.
    #[error("contient à la fois ce que son nom annonce et autre chose (page web ou archive). Exportez-le de nouveau, puis joignez-le.")]
    Polyglot,
    /// The name says one thing, the content another.
    #[error("ne contient pas ce que son nom annonce. Renommez-le ou exportez-le de nouveau, puis joignez-le.")]
    OtherExtension,
}

/// Where the end of a document is looked for: readers allow some bytes after it.
const TAIL: usize = 2048;

/// Where the directory of an archive may begin, comment included (APPNOTE 4.3.16).
const ARCHIVE_END: usize = 22 + 0xffff;

impl Kind {
    /// Tells what a whole file is.
    ///
    /// # Errors
    /// [`ContentFault`] when it is none of the kinds, damaged, or not what it seems.
    pub fn detect(bytes: &[u8]) -> Result<Self, ContentFault> {
        let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
        match bytes {
            [] => Err(ContentFault::Empty),
            _ if bytes.len() as u64 > super::MOST_BYTES => Err(ContentFault::TooBig),
            _ if is_also_something_else(bytes) => Err(ContentFault::Polyglot),
            // ISO 32000 lets junk stand before the header; what begins as something else is something else.
            [b'%', b'P', b'D', b'F', b'-', ..] => detect_pdf(bytes, tail),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => complete(Self::Png, contains(tail, b"IEND")),
            [0xff, 0xd8, 0xff, ..] => complete(Self::Jpeg, contains(tail, &[0xff, 0xd9])),
            _ => Err(ContentFault::Unknown),
        }
    }

    /// The endings its name may have.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png => "image PNG",
            Self::Jpeg => "image JPEG",
        }
    }
}

/// A page is read from its beginning, an archive from its end.
fn is_also_something_else(bytes: &[u8]) -> bool {
    let is_known = [&b"%PDF-"[..], b"\x89PNG", b"\xff\xd8\xff"].iter().any(|start| bytes.starts_with(start));
    let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let end = &bytes[bytes.len().saturating_sub(ARCHIVE_END)..];
    is_known
        && ([&b"<html"[..], b"<!doctype", b"<script", b"<svg"].iter().any(|mark| contains(&head, mark)) || contains(end, b"PK\x05\x06"))
}

fn detect_pdf(bytes: &[u8], tail: &[u8]) -> Result<Kind, ContentFault> {
    complete(Kind::Pdf, contains(tail, b"%%EOF"))?;
    if is_encrypted(bytes) { Err(ContentFault::Encrypted) } else { Ok(Kind::Pdf) }
}

/// The trailer, or the dictionary of the cross-reference stream, neither of which is compressed, names the encryption by a reference,
/// « /Encrypt 12 0 R », or describes it there, « /Encrypt << /Filter … >> » (ISO 32000-1, 7.6.1).
fn is_encrypted(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"/Encrypt";
    positions(bytes, NAME).any(|at| {
        let rest = &bytes[at + NAME.len()..bytes.len().min(at + NAME.len() + 48)];
        let words = String::from_utf8_lossy(rest);
        let mut said = words.split_ascii_whitespace();
        let is_described = words.trim_start().starts_with("<<") && words.contains("/Filter");
        let is_number = |word: Option<&str>| word.is_some_and(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()));
        let is_named = rest.first().is_some_and(u8::is_ascii_whitespace)
            && is_number(said.next())
            && is_number(said.next())
            && said.next().is_some_and(|word| word.starts_with('R'));
        is_described || is_named
    })
}

fn complete(kind: Kind, ends_well: bool) -> Result<Kind, ContentFault> {
    if ends_well { Ok(kind) } else { Err(ContentFault::Truncated) }
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    positions(bytes, mark).next().is_some()
}

fn positions<'a>(bytes: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(mark.len()).enumerate().filter(move |(_, window)| *window == mark).map(|(at, _)| at)
}

/// A size as people read it: « 340 ko », « 2,4 Mo ».
#[derive(Clone, Copy, Debug)]
pub struct Size(pub u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            bytes if bytes < 1_000 => write!(f, "{bytes}\u{a0}octets"),
            bytes if bytes < 999_500 => write!(f, "{}\u{a0}ko", (bytes + 500) / 1_000),
            bytes => {
                let tenths = (bytes + 50_000) / 100_000;
                if tenths.is_multiple_of(10) {
                    write!(f, "{}\u{a0}Mo", tenths / 10)
                } else {
                    write!(f, "{},{}\u{a0}Mo", tenths / 10, tenths % 10)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

    #[test]
    fn a_file_is_told_by_what_it_holds() {
        assert_eq!(Kind::detect(PDF), Ok(Kind::Pdf));
        assert_eq!(Kind::detect(b"\x89PNG\r\n\x1a\n....IEND\xae\x42\x60\x82"), Ok(Kind::Png));
        assert_eq!(Kind::detect(b"\xff\xd8\xff\xe0 JFIF \xff\xd9"), Ok(Kind::Jpeg));
        for other in [&b"MZ\x90\0"[..], b"PK\x03\x04 docx", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b" %PDF-1.7 %%EOF", b"\xff\xd8"] {
            assert_eq!(Kind::detect(other), Err(ContentFault::Unknown));
        }
    }

    #[test]
    fn what_nobody_could_open_is_refused() {
        assert_eq!(Kind::detect(b""), Err(ContentFault::Empty));
        assert_eq!(Kind::detect(&PDF[..PDF.len() - 8]), Err(ContentFault::Truncated));
        assert_eq!(Kind::detect(b"\x89PNG\r\n\x1a\n...."), Err(ContentFault::Truncated));
        assert_eq!(Kind::detect(b"\xff\xd8\xff\xe0 JFIF"), Err(ContentFault::Truncated));
        let encrypted = [&PDF[..PDF.len() - 7], b"<< /Encrypt 12 0 R >>\n%%EOF\n"].concat();
        assert_eq!(Kind::detect(&encrypted), Err(ContentFault::Encrypted));
        let talks_of_it = [b"%PDF-1.7\n(/Encrypt is a key of the trailer) (/EncryptMetadata false)\n", PDF].concat();
        assert_eq!(Kind::detect(&talks_of_it), Ok(Kind::Pdf), "to name encryption is not to be encrypted");
        let described = [&PDF[..PDF.len() - 7], b"<< /Encrypt << /Filter /Standard >> >>\n%%EOF\n"].concat();
        assert_eq!(Kind::detect(&described), Err(ContentFault::Encrypted));
        let archive = [PDF, b"PK\x03\x04...PK\x05\x06\0\0"].concat();
        assert_eq!(Kind::detect(&archive), Err(ContentFault::Polyglot));
        let polyglot = [b"%PDF-1.7\n<HTML><script>alert(1)</script>\n", PDF].concat();
        assert_eq!(Kind::detect(&polyglot), Err(ContentFault::Polyglot));
        let big = vec![b'%'; usize::try_from(crate::attachments::MOST_BYTES).expect("small") + 1];
        assert_eq!(Kind::detect(&big), Err(ContentFault::TooBig));
    }

    #[test]
    fn a_size_is_said_in_few_figures() {
        let said = [0, 999, 1_000, 340_499, 999_499, 999_500, 2_449_999, 10_485_760].map(|bytes| Size(bytes).to_string());
        assert_eq!(
            said,
            ["0 octets", "999 octets", "1 ko", "340 ko", "999 ko", "1 Mo", "2,4 Mo", "10,5 Mo"].map(|words| words.replace(' ', "\u{a0}"))
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_looked_at_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
            let _ = Kind::detect(&bytes);
        }

        #[test]
        fn a_document_cut_anywhere_is_not_taken_for_a_whole_one(cut in 1..PDF.len() - 1) {
            prop_assert_ne!(Kind::detect(&PDF[..cut.min(PDF.len() - 6)]), Ok(Kind::Pdf));
        }
    }
}
