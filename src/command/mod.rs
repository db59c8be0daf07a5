//! The command line: one file per verb.

mod account;
mod background;
mod campaign;
mod check_invariants;
mod cli;
mod demo;
mod desk;
mod doctor;
mod journal;
mod logging;
mod migrate;
mod operator;
mod outbox;
mod serve;
mod settings;
mod sirene;
mod stock_progress;
mod work;

pub use cli::run;
pub use desk::Desk;
use operator::operator;
