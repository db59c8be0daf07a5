//! What people may type, the same for every field: cleaned once, refused with a sentence.

use unicode_normalization::UnicodeNormalization;

/// Why a text is refused; its `Display` is the sentence shown beside the field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing but spaces.
    #[error("Remplissez ce champ.")]
    Empty,
    /// More characters than allowed.
    #[error("Ce texte est trop long : {} caractères, {} au plus.", grouped_length(*length), grouped_length(*most))]
    TooLong {
        /// Characters typed.
        length: usize,
        /// Characters allowed.
        most: usize,
    },
    /// A control character, or one that changes the order in which a text is read.
    #[error("Ce texte contient un caractère invisible que nous ne pouvons pas garder. Effacez-le et saisissez-le de nouveau.")]
    Invisible,
}

/// One line: trimmed, Unicode NFC, inner runs of spaces kept. Empty is refused.
///
/// # Errors
/// [`TextFault`] when empty, too long or holding a character that cannot be kept.
pub fn line(typed: &str, most: usize) -> Result<String, TextFault> {
    let text = optional_line(typed, most)?;
    if text.is_empty() { Err(TextFault::Empty) } else { Ok(text) }
}

/// As [`line()`], but nothing is allowed.
///
/// # Errors
/// [`TextFault`] when too long or holding a character that cannot be kept.
pub fn optional_line(typed: &str, most: usize) -> Result<String, TextFault> {
    check(typed.trim().nfc().collect(), most, is_refused_in_a_line)
}

/// Several lines: as [`line()`], with line breaks (as LF) and tabs.
///
/// # Errors
/// [`TextFault`] when empty, too long or holding a character that cannot be kept.
pub fn paragraph(typed: &str, most: usize) -> Result<String, TextFault> {
    let text = optional_paragraph(typed, most)?;
    if text.is_empty() { Err(TextFault::Empty) } else { Ok(text) }
}

/// As [`paragraph`], but nothing is allowed.
///
/// # Errors
/// [`TextFault`] when too long or holding a character that cannot be kept.
pub fn optional_paragraph(typed: &str, most: usize) -> Result<String, TextFault> {
    let unix = typed.replace("\r\n", "\n").replace('\r', "\n");
    check(unix.trim().nfc().collect(), most, |c| (c.is_control() && !matches!(c, '\n' | '\t')) || reorders(c))
}

/// What another register wrote, made fit to be kept on one line: what [`line()`] refuses becomes a space, what is too long is cut.
pub fn made_a_line(written: &str, most: usize) -> String {
    let kept = |c: char| if is_refused_in_a_line(c) { ' ' } else { c };
    written.nfc().map(kept).collect::<String>().trim().chars().take(most).collect::<String>().trim_end().to_owned()
}

fn is_refused_in_a_line(c: char) -> bool {
    c.is_control() || reorders(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

fn check(text: String, most: usize, refused: impl Fn(char) -> bool) -> Result<String, TextFault> {
    if text.chars().any(refused) {
        return Err(TextFault::Invisible);
    }
    let length = text.chars().count();
    if length > most {
        return Err(TextFault::TooLong { length, most });
    }
    Ok(text)
}

/// Bidirectional controls: they make a name read otherwise than it is written.
fn reorders(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn grouped_length(length: usize) -> String {
    grouped(u64::try_from(length).unwrap_or(u64::MAX))
}

/// A number as French groups it: « 17 240 ».
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push('\u{a0}');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_trimmed_and_composed() {
        assert_eq!(line("  E\u{301}lise ", 10), Ok("Élise".to_owned()));
    }

    #[test]
    fn what_cannot_be_kept_is_said() {
        assert_eq!(line(" \t ", 10), Err(TextFault::Empty));
        assert_eq!(line("abcdef", 5), Err(TextFault::TooLong { length: 6, most: 5 }));
        for bad in ["a\nb", "a\rb", "a\0b", "a\u{202e}b", "a\u{85}b", "a\u{2028}b"] {
            assert_eq!(line(bad, 10), Err(TextFault::Invisible), "{bad:?}");
        }
    }

    #[test]
    fn what_another_register_wrote_is_made_a_line() {
        for (written, kept) in [(" Mairie\tde\u{202e} Tulle\0 ", "Mairie de  Tulle"), ("abc def", "abc"), ("", ""), ("\n", "")] {
            assert_eq!(made_a_line(written, if kept == "abc" { 4 } else { 40 }), kept, "{written:?}");
        }
    }

    #[test]
    fn a_paragraph_keeps_its_lines() {
        assert_eq!(paragraph("un\r\ndeux\rtrois", 20), Ok("un\ndeux\ntrois".to_owned()));
        assert_eq!(paragraph("a\0b", 10), Err(TextFault::Invisible));
    }

    #[test]
    fn numbers_are_grouped_by_three() {
        for (number, written) in [(0, "0"), (999, "999"), (1000, "1\u{a0}000"), (1_234_567, "1\u{a0}234\u{a0}567")] {
            assert_eq!(grouped(number), written);
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_kept_again(typed in "\\PC{0,40}") {
            if let Ok(text) = line(&typed, 100) {
                prop_assert_eq!(line(&text, 100), Ok(text));
            }
        }
    }
}
