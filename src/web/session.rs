//! Sessions in PostgreSQL: the browser holds the number, we hold its hash.
