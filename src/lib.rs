//! The desk where organisations ask for the right to use the FranceConnect button, and where DINUM decides.
//!
//! Each module below names a part of that work and is a *slice*: it holds its own rules, its own SQL and its own pages. In every slice
//! the files mean the same: `<noun>.rs` are pure types and rules, `<verb>.rs` are acts (one transaction each, opened and committed by the
//! page that calls them), `store.rs` is all the SQL, `pages` is what people see. A slice uses only those that stand before it here.

pub mod calendar;
pub mod clock;
pub mod config;
pub mod database;
pub mod fields;
pub mod ids;
pub mod problem;
pub mod secret;
pub mod text;
pub mod web;

pub mod accounts;
pub mod applications;
pub mod authorizations;
pub mod journal;
pub mod notifications;
pub mod organisations;
pub mod review;

pub mod invariants;

pub mod command;
pub mod serve;
mod site;
pub use site::{AppState, router};
