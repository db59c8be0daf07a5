//! What tests stand on: a database of their own, a site with a clock held still, visitors with a cookie jar, a mail server that fails.

mod answers;
pub mod campaigns;
mod clamd;
mod database;
mod demandes;
pub mod files;
pub mod given;
pub mod participants;
pub mod private;
mod register;
mod s3;
mod site;
mod smtp;
pub mod stock;
mod visitor;

pub use clamd::{Antibody, ClamdServer};
pub use database::TestDatabase;
pub use register::{Manner, RegisterServer};
pub use s3::{Health, S3Server};
pub use site::TestSite;
pub use smtp::{Fault, SmtpServer};
pub use visitor::{Answer, Visitor};
