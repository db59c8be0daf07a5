//! Documents to keep and print: what one says ([`Document`]), and its PDF, tagged for assistive technologies (PDF/UA-1), in French.
//!
//! What people typed is only ever text here: there is no markup to interpret, no file to read, no address to fetch, and the same document
//! always gives the same bytes.

mod code;
mod document;
mod fault;
mod font;
mod layout;
mod lines;
mod pdf;
mod printer;
mod sheet;
#[cfg(test)]
mod tests;

pub use document::{Block, Document, Fact, Table};
pub use fault::DocumentFault;
pub use printer::{Printer, to_pdf};
