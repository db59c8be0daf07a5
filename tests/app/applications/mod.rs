//! The demandes: filled in, handed in, read, left.

mod arrival;
pub(crate) mod behalf;
mod bin;
mod colleagues;
mod dashboard;
mod filing;
mod keeping;
mod kinds;
mod law;
mod leaving;
mod personal_traces;
mod prefill;
mod resuming;
mod shown_steps;
mod versions;
