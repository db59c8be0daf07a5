//! The demandes: filled in step by step, submitted as immutable versions, and where they stand.

mod acknowledgement;
mod application;
mod asked;
mod assurance;
mod close_account;
mod comparison;
mod contacts;
mod content;
mod dashboard;
mod draft;
mod edit;
mod form;
mod join_files;
mod legal_basis;
pub mod pages;
mod papers;
mod personal_data;
mod precheck;
mod prefill;
mod reading;
mod remove_file;
mod save_step;
mod scope;
mod search;
mod service;
mod start;
mod state;
mod step;
mod store;
mod submit;
mod version;
mod withdraw;

pub use acknowledgement::{Acknowledgement, silence_effect};
pub use application::{Application, Kind};
pub use asked::Asked;
pub use assurance::{ASSURANCE_LEVEL, AssuranceLevel};
pub use close_account::close_account;
pub use comparison::{Change, ComparedLine, ComparedPart, ComparedFile, Comparison, Part, Piece, compare_texts};
pub use contacts::{Contact, ContactFields, Contacts, DATA_CONTROLLER, DPO, TECHNICAL_CONTACT};
pub use content::Content;
pub use dashboard::{Group as DashboardGroup, Listed};
pub use draft::{Completeness, Draft, SavedStep, store::find_draft};
pub use form::Form;
pub use join_files::{Joining, join_files};
pub use legal_basis::LegalBasis;
pub use papers::{Sheets, Standing, summary};
pub use personal_data::PersonalData;
pub use precheck::precheck;
pub use prefill::Prefill;
pub use reading::{Line, Section};
pub use remove_file::remove_file;
pub use save_step::{Saving, save_step};
pub use scope::{Group, RequestedScopes, SCOPES, Scope};
pub use search::{Search, store::push_search};
pub use service::Service;
pub use start::start;
pub use state::{Act, NotAllowed, State, Turn};
pub use step::Step;
pub use store::{find, find_own, list_own, lock, save_state};
pub use submit::{Attestations, Submission, submit};
pub use version::{
    Version,
    store::{find_version, find_versions},
};
pub use withdraw::withdraw;
