//! Demandes of private bodies: how they start, what they ask, what is found in them, and the order in which candidatures arrive.

mod arrival;
mod commitments;
mod filing;
mod filling;
mod law;
mod starting;
