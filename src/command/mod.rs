//! The command line: one file per verb.

mod check_invariants;
mod cli;
mod desk;
mod doctor;
mod journal;
mod logging;
mod migrate;
mod serve;
mod work;

pub use cli::run;
pub use desk::Desk;
