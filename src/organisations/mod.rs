//! Organisations: their numbers, what the register knows of them, and who may act for them.

mod choice;
mod choose;
pub mod confirm_domain;
mod declare_client;
mod domain;
mod end_representation;
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
mod region;
mod register;
pub mod remove_domain;
mod representation;
mod siret;
mod size;
mod spread;
mod start_for;
pub mod stock;
mod store;
pub mod verify_membership;
mod withdraw_verification;

pub use choice::{Choice, Declaration, Facts, NAME, NotTold, SIRET, TOWN, ToDeclare, decide};
pub use choose::choose;
pub use declare_client::{Declared, declare_client};
pub use domain::{ConfirmedDomain, DomainFault, EmailDomain, Vouching, store::find_domains};
pub use end_representation::end_representation;
pub use find_or_create::find_or_create;
pub use hear::hear;
pub use identity::Identity;
pub use join::join;
pub use legal_category::{LegalCategory, Nature, PrivateKind};
pub use lists::{activity_codes, activity_codes_2025, activity_label, department_of};
pub use lookup::store::{find_awaited, find_standing, forget_idle_lookups, postpone_lookup, take_due_lookup};
pub use lookup::{DueLookup, Standing};
pub use membership::store::{find_for, find_membership, find_memberships_of, find_of_account, lock_people, lock_people_for};
pub use membership::{Affiliation, Member, Membership, Reason, Verification, VerifiedMember, Verifier, Withdrawal};
pub use organisation::{Organisation, Source, State};
pub use region::Region;
pub use register::{
    Adapter, Answer, Asking, EstablishmentState, LegalEntity, Listing, Location, Network, OldestEstablishment, Online, Register, Sample,
    SampleFault, Silence, UnitState, is_masked,
};
pub use representation::{
    Party, Representation,
    store::{find_client, find_representations, find_representations_with, lock_representation},
};
pub use siret::{Checksum, Nic, Siren, SirenFault, Siret, SiretFault};
pub use size::Size;
pub use spread::Spread;
pub use start_for::start_for;
pub use store::find;
pub use withdraw_verification::withdraw_verification;
