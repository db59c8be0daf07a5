//! The letter of a decision, to be read in a page before it leaves.

use askama::{Template, filters::HtmlSafe};

use super::{Letter, Letterhead, Problem, Recipient, one_line, subject, without_tricks};
use crate::web::filters;

/// The words of a decision's letter as it will leave: those of the letter's own template, which escapes what people typed.
#[derive(Debug, Template)]
#[template(path = "letters/sheet.html")]
pub struct Sheet {
    head: Letterhead,
    to: Recipient,
    letter: Letter,
    subject: String,
}

impl HtmlSafe for Sheet {}

impl Sheet {
    /// The sheet of a letter.
    ///
    /// # Errors
    /// When a value cannot be read back, which all can.
    pub fn new(head: Letterhead, to: &Recipient, letter: &Letter) -> Result<Self, Problem> {
        let letter = without_tricks(letter)?;
        let subject = subject(&letter);
        Ok(Self { head, to: Recipient { address: one_line(&to.address), name: one_line(&to.name) }, letter, subject })
    }
}
