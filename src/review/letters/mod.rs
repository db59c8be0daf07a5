//! The automatic letters, before anybody receives one: what each says, when it leaves, to whom.

mod occasion;
mod sample;
mod sample_of_clock;
mod sample_of_participation;
mod sample_of_review;

pub use occasion::{Addressee, Occasion, occasion};
pub use sample::{Sample, recipient, samples};
