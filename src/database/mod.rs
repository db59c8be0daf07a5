//! The database: how it is reached, brought up to date, and what the desk's own role may touch.

mod connect;
mod migrate;

pub use connect::connect;
pub use migrate::{MIGRATOR, migrate};
