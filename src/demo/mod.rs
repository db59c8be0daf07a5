//! What only a demonstration shows; in production none of it exists.

pub mod pages;
