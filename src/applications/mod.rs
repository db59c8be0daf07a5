//! The demandes: filled in step by step, submitted as immutable versions, and where they stand.

mod acknowledgement;
mod answer_invitation;
mod application;
mod asked;
mod assurance;
pub mod behalf;
mod bin;
mod case;
mod close_account;
mod comparison;
mod conflict;
mod contacts;
mod content;
mod dashboard;
mod datapass;
mod delete_draft;
mod draft;
mod edit;
mod entrust;
mod form;
mod hear_antivirus;
mod idle;
mod invitation;
mod invite;
mod join_files;
mod keep_draft;
mod known_contacts;
mod legal_basis;
mod legal_clock;
mod lineage;
mod mandate;
pub mod pages;
mod papers;
mod personal_data;
mod precheck;
mod prefill;
mod prefilled;
pub mod prepared;
mod preset;
mod propose;
mod reading;
mod remove_file;
mod reopening;
mod resume;
mod right_in_short;
mod save_step;
mod scope;
mod search;
mod service;
mod start;
mod state;
mod step;
mod store;
mod submit;
mod suggestion;
mod tidy_drafts;
mod version;
mod withdraw;

pub use acknowledgement::{Acknowledgement, silence_effect};
mod take_over;
mod tie;

pub use answer_invitation::{accept_invitation, refuse_invitation};
pub use application::{Application, Kind};
pub use asked::Asked;
pub use assurance::{ASSURANCE_LEVEL, AssuranceLevel};
pub use behalf::{
    ClientRole, Objection, Proposal, Vendor, find_client_news, find_unread_objections, find_vendor, read_objection, represents,
};
pub use bin::{Binned, store::find_binned};
pub use case::{AddressChange, Baseline, Candidature, Case, Commitment, Contribution, Hosting, IdentityText, commitments::COMMITMENTS};
pub use close_account::close_account;
pub use comparison::{Change, ComparedLine, ComparedPart, Comparison, Part, Piece, compare_texts};
pub use conflict::{Conflict, Difference};
pub use contacts::{Contact, ContactFields, Contacts, DATA_CONTROLLER, DPO, ProtectionRole, TECHNICAL_CONTACT};
pub use content::Content;
pub use dashboard::{Group as DashboardGroup, Listed};
pub use datapass::datapass_name;
pub use delete_draft::{delete_draft, restore_draft};
pub use draft::{Completeness, Draft, SavedStep, store::find_draft};
pub use entrust::entrust;
pub use form::Form;
pub use hear_antivirus::hear_antivirus;
pub use invitation::{
    Invitation, InvitationAct, InvitationState, Purpose, WAITS_FOR,
    store::{find_editors, find_invitation, find_invitations_to, may_edit},
};
pub use invite::{Offer, end_invitation, invite};
pub use join_files::{Joining, join_files};
pub use keep_draft::keep_draft;
pub use legal_basis::LegalBasis;
pub use legal_clock::{
    ClockFacts, ItemsRequest, KeptClock, LegalClock, SILENCE_MONTHS, find_clock, find_clocks, find_promised, find_received_private,
    keep_clock,
};
pub use lineage::{Lineage, Relative, store::find_lineage};
pub use mandate::{Holder, Mandate, VendorRole};
pub use papers::{Sheets, Standing, how_to_answer, letter, paper, summary};
pub use personal_data::PersonalData;
pub use precheck::{Known, precheck};
pub use prefill::Prefill;
pub use prefilled::Prefilled;
pub use preset::{PRESET, Preset, doubt};
pub use propose::propose;
pub use reading::{Line, Section};
pub use remove_file::remove_file;
pub use reopening::{forget_kept_steps, reopen, settle};
pub use resume::resume;
pub use right_in_short::RightInShort;
pub use save_step::{Saving, save_step};
pub use scope::{Group, RequestedScopes, SCOPES, Scope};
pub use search::{
    Refusal, Search, Word,
    store::{Reach, push_search},
    write_waiting_documents,
};
pub use service::{Service, parse_url};
pub use start::start;
pub use state::{Act, NotAllowed, State, Turn};
pub use step::Step;
pub use store::{find, find_own, list_own, lock, save_state, shared::find_tied};
pub use submit::{Attestations, Submission, submit};
pub use take_over::{applicant_has_left, take_over};
pub use tidy_drafts::{Tidied, tidy_drafts};
pub use tie::{Tie, Tied, named_as};
pub use version::{
    Version,
    store::{find_version, find_versions},
};
pub use withdraw::withdraw;
