//! Pages of accounts.

mod extract;
