//! What the queue shows, as a file for a spreadsheet: the same demandes in the same order, columns whose names and order stay, nothing that
//! a spreadsheet would compute. What the team writes for itself (notes, opinions) and the people a demande names are not in it.

mod column;
mod line;
pub(super) mod store;
mod write_export;

pub use column::{COLUMNS, Column};
pub use line::Line;
pub use write_export::{Export, MOST_ROWS, write_export};
