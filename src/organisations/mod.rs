//! Organisations: their numbers, what the register knows of them, and who may act for them.

mod choice;
mod choose;
mod find_or_create;
mod hear;
mod identity;
mod join;
mod legal_category;
mod lists;
mod lookup;
mod membership;
mod organisation;
pub mod pages;
mod register;
mod siret;
mod start_for;
pub mod stock;
mod store;
pub mod verify_membership;

pub use choice::{Choice, Declaration, Facts, NAME, NotTold, SIRET, TOWN, ToDeclare, decide};
pub use choose::choose;
pub use find_or_create::find_or_create;
pub use hear::hear;
pub use identity::Identity;
pub use join::join;
pub use legal_category::{LegalCategory, Nature, PrivateKind};
pub use lists::{activity_codes, activity_label, department_of};
pub use lookup::store::{find_awaited, find_standing, forget_idle_lookups, postpone_lookup, take_due_lookup};
pub use lookup::{DueLookup, Standing};
pub use membership::store::{find_for, find_membership, find_memberships_of, find_of_account};
pub use membership::{Affiliation, Member, Membership, Reason, Verification, VerifiedMember};
pub use organisation::{Organisation, Source, State};
pub use register::{
    Adapter, Answer, Asking, EstablishmentState, LegalEntity, Listing, Location, Network, OldestEstablishment, Online, Register, Sample,
    SampleFault, Silence, UnitState, is_masked,
};
pub use siret::{Checksum, Nic, Siren, SirenFault, Siret, SiretFault};
pub use start_for::start_for;
pub use store::find;
