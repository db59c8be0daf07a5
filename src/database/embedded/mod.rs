//! The desk's own private PostgreSQL, for when nobody names a server: its programs come from the machine, its data lies in one directory
//! that nobody else may enter, it listens on a unix socket there, starts with the desk and stops with it, even when the desk is killed.
//!
//! Several programs may share one directory: the first holds its lock and runs the server, the others are guests, and when the first one
//! leaves another takes over.

mod cluster;
mod place;
mod programs;
mod supervisor;

pub use place::Upkeep;
pub use supervisor::{Embedded, Options};
