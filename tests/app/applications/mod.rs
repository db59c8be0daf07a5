//! The demandes: filled in, handed in, read, left.

mod arrival;
mod behalf;
mod colleagues;
mod filing;
mod law;
mod leaving;
mod personal_traces;
