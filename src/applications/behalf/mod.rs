//! What a software vendor files for a client: with which mandate, what the client is told of it and may answer, and many clients at once.
//!
//! - the vendor: [`start_for_client`], [`copy_for_client`], [`read_clients`] then [`prepare_import`] and [`confirm_import`];
//! - the client, without an account, through the link of a letter sent at submission ([`inform_client`]): [`propose_contact`], [`object`],
//!   [`lift`], [`renew`];
//! - then [`take_proposal`] by the applicant and [`read_objection`] by a reviewer.

mod client_link;
mod clients_file;
mod confirm_import;
mod copied;
mod copy;
mod import;
mod inform;
mod list_text;
mod object;
mod portfolio;
mod prepare_import;
mod propose;
mod read_objection;
mod renew;
mod start;
mod store;
mod take_proposal;
mod vendor;

pub use client_link::{ClientLink, ClientLinkState, ClientRole, Objection, Proposal};
pub use clients_file::{ClientsFile, FileFault, FileLine, MOST_LINES, read_clients};
pub use confirm_import::confirm_import;
pub use copied::{CopyReview, review_copy};
pub use copy::copy_for_client;
pub use import::{Import, ImportLine, Model, Outcome};
pub use inform::inform_client;
pub use list_text::{MOST_LIST_BYTES, line_number, text_of};
pub use object::{lift, object};
pub use portfolio::{Entry, Filter, Holding};
pub use prepare_import::prepare_import;
pub use propose::propose_contact;
pub use read_objection::read_objection;
pub use renew::{Renewal, renew};
pub use start::start_for_client;
pub use store::{
    client::{find_client_news, find_link, find_unread_objections},
    find_organisation_of, find_vendor, represents,
};
pub use store::{copied_from, imports::find_import, portfolio::list_clients};
pub(super) use store::{lock_mandate, save_vendor};
pub use take_proposal::take_proposal;
pub use vendor::Vendor;
