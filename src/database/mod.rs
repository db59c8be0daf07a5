//! The database: how it is reached, brought up to date, and what the desk's own role may touch.

mod connect;
pub mod embedded;
mod migrate;
mod open;
mod ready;
mod store;

pub use connect::connect;
pub use migrate::{MIGRATOR, SchemaState, migrate, schema_state};
pub use open::{Database, Owner, Schema};
pub use ready::{Readiness, readiness};
pub use store::{SessionRole, find_server_facts, find_session_role};
