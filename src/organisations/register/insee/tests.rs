//! Documented shapes.
