//! The house itself: the server's loop, the connections to the database, the private server, the invariants.

mod invariants;
mod pool;
mod private_server;
mod server;
