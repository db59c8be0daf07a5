//! The desk under faults: the real program on its own database, killed, stopped, doubled, starved; nothing answered is lost, nothing is done
//! twice. Its figures are printed with `cargo test --test faults -- --nocapture`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop where it stands")]

mod browser;
mod desk;
mod given;
mod killed;
mod law;

#[path = "../app/support/answers.rs"]
mod answers;
