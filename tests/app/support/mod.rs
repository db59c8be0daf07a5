//! What tests stand on: a database of their own, a site with a clock held still, visitors with a cookie jar.

mod database;
pub mod given;
mod site;
mod visitor;

pub use database::TestDatabase;
pub use site::TestSite;
pub use visitor::{Answer, Visitor};
