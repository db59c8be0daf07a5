//! To be written: applications.
