//! Notes: what the team writes down for itself about a demande. They never leave it: no applicant's page, letter or document holds them.

mod note;
mod store;
mod strike;
mod write;

pub use note::{MAY_BE_STRUCK_FOR, MOST_CHARACTERS, NotStruck, Note};
pub use store::find_notes;
pub use strike::strike;
pub use write::write;
