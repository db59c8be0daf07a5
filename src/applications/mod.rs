//! The demandes: filled in step by step, submitted as immutable versions, and where they stand.

mod application;
mod assurance;
mod case;
mod close_account;
mod contacts;
mod content;
mod datapass;
mod draft;
mod form;
mod known_contacts;
mod legal_basis;
pub mod pages;
mod personal_data;
mod precheck;
mod prefill;
mod prefilled;
mod preset;
mod reading;
mod save_step;
mod scope;
mod service;
mod start;
mod state;
mod step;
mod store;
mod submit;
mod suggestion;
mod version;
mod withdraw;

pub use application::{Application, Kind};
pub use assurance::{ASSURANCE_LEVEL, AssuranceLevel};
pub use case::{AddressChange, Baseline, Candidature, Case, Commitment, Contribution, Hosting, IdentityText, commitments::COMMITMENTS};
pub use close_account::close_account;
pub use contacts::{Contact, ContactFields, Contacts, DATA_CONTROLLER, DPO, ProtectionRole, TECHNICAL_CONTACT};
pub use content::Content;
pub use datapass::datapass_name;
pub use draft::{Completeness, Draft, SavedStep, store::find_draft};
pub use form::Form;
pub use legal_basis::LegalBasis;
pub use personal_data::PersonalData;
pub use precheck::{Known, precheck};
pub use prefill::prefill;
pub use prefilled::Prefilled;
pub use preset::{PRESET, Preset};
pub use reading::{Line, Section};
pub use save_step::{Saving, save_step};
pub use scope::{Group, RequestedScopes, SCOPES, Scope};
pub use service::Service;
pub use start::start;
pub use state::{Act, NotAllowed, State, Turn};
pub use step::Step;
pub use store::{Listed, find, find_own, list_own, lock, save_state};
pub use submit::{Attestations, Submission, submit};
pub use version::{
    Version,
    store::{find_version, find_versions},
};
pub use withdraw::withdraw;
