//! Whether the desk lives and whether it may be given visitors.
