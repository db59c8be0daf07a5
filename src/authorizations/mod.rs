//! The granted right (« habilitation »): what was granted, to whom, when, frozen; what proves it, and what became of it.

mod author;
mod authorization;
mod certificate;
mod expire;
pub mod go_live;
mod grant;
mod in_short;
mod list;
pub mod pages;
pub mod procedure;
mod proof;
mod reopen;
mod store;
mod verification_code;

pub use author::author;
pub use authorization::{Authorization, State};
pub use certificate::{Certificate, certificate};
pub use expire::expire;
pub use grant::grant;
pub use list::{Filter, Granted, Target};
pub use proof::Proof;
pub use reopen::reopen;
pub use store::{find, find_in_short, find_of_application, find_proof, find_state, list::find_granted};
pub use verification_code::{CodeFault, VerificationCode};
