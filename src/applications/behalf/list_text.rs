//! The text of a list as a spreadsheet saved it, and what is told of files that hold no list.

use csv::StringRecord;

use super::FileFault;

/// Bytes of a list: the lines that are read at once, each with every column.
pub const MOST_LIST_BYTES: u64 = 2 * 1024 * 1024;

/// What files of other kinds begin with.
const OTHERS: [(&[u8], FileFault); 6] = [
    (b"%PDF-", FileFault::Pdf),
    // xls, as spreadsheets wrote it before 2007
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileFault::Workbook),
    (b"\x89PNG", FileFault::NotText),
    (b"\xff\xd8\xff", FileFault::NotText),
    (b"GIF8", FileFault::NotText),
    (b"\x1f\x8b", FileFault::NotText),
];

/// Names that workbooks bear inside: those of Excel, then of `LibreOffice`.
const WORKBOOKS: [&[u8]; 2] = [b"xl/", b"opendocument.spreadsheet"];

/// The text of a list: UTF-8 with or without its mark, UTF-16 with it, or what older spreadsheets write (Windows-1252); lines end as one.
///
/// # Errors
/// [`FileFault`] when it is too long or another kind of file.
pub fn text_of(bytes: &[u8]) -> Result<String, FileFault> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_LIST_BYTES {
        return Err(FileFault::TooBig);
    }
    if let Some((_, fault)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(fault.clone());
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let holds = |name: &&[u8]| bytes.windows(name.len()).any(|window| window == *name);
        return Err(if WORKBOOKS.iter().any(holds) { FileFault::Workbook } else { FileFault::NotText });
    }
    let text = decoded(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let odd = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\t')).count();
    if text.contains('\0') || odd * 20 > text.chars().count() { Err(FileFault::NotText) } else { Ok(text) }
}

/// The line a record stands on, empty ones counted: the reader places it before those it skips.
pub fn line_number(text: &str, record: &StringRecord) -> u64 {
    let from = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
    let bytes = text.as_bytes();
    let skipped = bytes.iter().skip(from).take_while(|byte| **byte == b'\n').count();
    let before = bytes.iter().take(from + skipped).filter(|byte| **byte == b'\n').count();
    u64::try_from(before).unwrap_or(u64::MAX).saturating_add(1)
}

fn decoded(bytes: &[u8]) -> String {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => match std::str::from_utf8(rest) {
            Ok(text) => text.to_owned(),
            Err(_) => rest.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    }
}

/// The character of a byte in Windows-1252; the five it leaves out read as in ISO 8859-1.
fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => FROM_80[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_is_read_as_spreadsheets_save_it() {
        let text = "siret\nL’Héritier 2\u{a0}€\n";
        let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let other_end: Vec<u8> = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for bytes in [
            text.as_bytes(),
            &marked,
            &utf_16,
            &other_end,
            b"siret\r\nL\x92H\xe9ritier 2\xa0\x80\r\n",
            b"siret\rL\x92H\xe9ritier 2\xa0\x80\r",
        ] {
            assert_eq!(text_of(bytes).as_deref(), Ok(text), "{bytes:?}");
        }
    }

    #[test]
    fn another_kind_of_file_is_told_from_what_it_holds() {
        let workbook = b"PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml ... xl/workbook.xml";
        let open_document = b"PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
        let too_big = vec![b'1'; usize::try_from(MOST_LIST_BYTES).expect("a size") + 1];
        for (bytes, fault) in [
            (&b"%PDF-1.7\n1 0 obj"[..], FileFault::Pdf),
            (workbook, FileFault::Workbook),
            (open_document, FileFault::Workbook),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", FileFault::Workbook),
            (b"PK\x03\x04\x14\0word/document.xml", FileFault::NotText),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FileFault::NotText),
            (b"\x7fELF\x02\x01\x01\0\0\0", FileFault::NotText),
            (b"2192002350001\x01\x02\x03", FileFault::NotText),
            (&too_big, FileFault::TooBig),
        ] {
            assert_eq!(text_of(bytes), Err(fault), "{:?}", &bytes[..bytes.len().min(40)]);
        }
        assert!(text_of(&too_big[1..]).is_ok(), "two megabytes exactly");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(text) = text_of(&bytes) {
                prop_assert!(!text.contains(['\0', '\r']));
            }
        }
    }
}
