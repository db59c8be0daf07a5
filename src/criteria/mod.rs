//! The published rules: what a demande must fulfil, which of it the register's facts can tell, and what only a person can.

mod administration;
mod establishment;
mod finding;
mod legal_person;
pub mod pages;
mod private_body;
mod rule;
mod sector;
mod seniority;

pub use administration::administration;
pub use establishment::establishment_in_france;
pub use finding::{Finding, Outcome, unknown};
pub use legal_person::legal_person;
pub use private_body::private_body;
pub use rule::{Check, Rule};
pub use sector::{Hint, Sector, Strength, sector_hint};
pub use seniority::seniority;
