//! Demandes of private bodies: how they start, what they ask, and what is found in them.

mod commitments;
mod filing;
mod filling;
mod law;
mod starting;
