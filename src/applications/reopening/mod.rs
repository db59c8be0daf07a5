//! Changing what was granted: a demande whose right is in force is filled in again, and handed in as its next version. The right stays valid
//! meanwhile; if the change is refused or given up, the demande is again as it was granted, files included.

mod reopen;
mod return_to_granted;
mod settle;
mod store;

pub use reopen::reopen;
use return_to_granted::return_to_granted;
pub use settle::settle;
pub use store::forget_kept_steps;
