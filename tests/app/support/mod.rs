//! What tests stand on: a database of their own, a site with a clock held still, visitors with a cookie jar, a mail server that fails.

mod answers;
mod database;
mod demandes;
pub mod given;
pub mod private;
mod register;
mod site;
mod smtp;
pub mod stock;
mod visitor;

pub use database::TestDatabase;
pub use register::{Manner, RegisterServer};
pub use site::TestSite;
pub use smtp::{Fault, SmtpServer};
pub use visitor::{Answer, Visitor};
