//! Files that come with a demande: sent, listed, replaced, taken away, read again, and everything that can go wrong with them.

mod antivirus;
mod bad_input;
mod faults;
mod permission;
mod replacing;
mod sending;
mod sweeping;
mod virus_letters;
