//! The demandes: filled in, handed in, read, left.

mod arrival;
mod colleagues;
mod dashboard;
mod filing;
mod law;
mod leaving;
mod personal_traces;
mod prefill;
mod versions;
