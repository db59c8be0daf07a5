//! The team: who has which roles and who may sign in, with an administrator always among them.

mod change_roles;
mod member;
mod role_change;
mod store;
mod suspend;

pub use change_roles::{RolesChanged, change_roles};
pub use member::{Access, Member};
pub use role_change::{NotForYou, RoleChange};
pub(super) use store::lock_other_administrators;
pub use store::{find_member, find_team};
pub use suspend::{reopen, suspend};
