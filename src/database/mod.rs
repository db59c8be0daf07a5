//! The database: how it is reached, brought up to date, and what the desk's own role may touch.

mod connect;
mod migrate;
mod ready;

pub use connect::connect;
pub use migrate::{MIGRATOR, migrate};
pub use ready::{Readiness, readiness};
