//! What must be true of the database after any fault, looked at from outside: it never mends anything.

mod check;
mod clocks;
mod law;
mod lines;
mod store;

pub use check::{Checked, Outcome, check};
