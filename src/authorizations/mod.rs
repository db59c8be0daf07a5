//! To be written: authorizations.
