//! The demonstration: people to play, demandes in every state, the mailbox, the components. Refused where real people come.

mod assessment;
mod campaigns;
mod deciding;
mod dossiers;
mod ended;
mod examining;
pub mod pages;
mod participant;
mod private;
mod seed;
mod silent;
mod vendor;

pub use seed::{add_dossiers, seed};
