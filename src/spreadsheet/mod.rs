//! Files for a spreadsheet, as CSV or as a workbook, written row by row: nothing in them is ever computed by who opens them.

mod cell;
mod csv;
mod format;
mod sheet;
mod xlsx;

pub use cell::{Cell, looks_like_a_formula};
pub use format::Format;
pub use sheet::{Head, Sheet};
