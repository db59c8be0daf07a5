//! Organisations: their numbers, what the register knows of them, and who may act for them.

mod organisation;
mod store;
mod tmp;

pub use organisation::{Organisation, Source, State};
pub use store::find;
pub use tmp::*;
