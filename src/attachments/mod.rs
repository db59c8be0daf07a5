//! Files that come with a demande: what may be sent, where it is kept, what is known of it.
//!
//! A file comes in through a page ([`crate::web::Upload`], `Routes::post_files`), is looked at and written to the storage ([`receive`]), then
//! gets its row, always in this order: bytes without a row are an orphan that [`sweep`] takes away, a row without bytes never is. Then:
//!
//! - *a field of the form*: name it in `Form::file_fields` and show it with `files::upload` in the step's page: [`attach`], [`replace`] and
//!   [`detach`] are called for it, versions freeze what it holds ([`freeze`]), and what checks the step finds its files under its name;
//! - *something else*, as a message: [`keep_all`] writes the rows without a field; the caller ties them to what they are of in a table of its own
//!   (`message_attachments`, `go_live_attachments`, `report_attachments` and `destruction_attachments` are), reads them with [`find_tied`], sends them with `applications::pages::send_back` once it
//!   knows that the person may read them, and lets them go with [`forget`]; `invariants` must know the table;
//! - *another demande*: [`copy`] gives a new draft the files of an old one, without their bytes being written again; [`forget_all`] is for
//!   a draft that goes.
//!
//! What a file holds tells it apart ([`Checksum`], [`change`]); its name is only shown.

mod antivirus;
mod attach;
mod attachment;
mod change;
mod chosen;
mod content;
mod detach;
mod file_name;
mod limits;
mod receive;
mod scan;
mod storage;
mod store;
mod sweep;

pub use antivirus::{Antivirus, NoAnswer};
pub use attach::{attach, keep_all, replace};
pub use attachment::{Attachment, Checksum, Scan, of_field};
pub use change::{FileChange, change, gone, news};
pub use chosen::Chosen;
pub use content::{ContentFault, Kind, Size};
pub use detach::{detach, forget};
pub use file_name::FileName;
pub use limits::{MOST_BYTES, MOST_IN_A_FIELD, MOST_IN_A_REQUEST};
pub use receive::{NotStored, Stored, receive};
pub use scan::hear_antivirus;
pub use storage::{Storage, StorageFault};
pub use store::{
    copy, find, find_of_application, find_of_version, find_tied, forget_all, freeze, is_in_a_version, restore::restore, scan::find_to_scan,
};
pub use sweep::{forget_removed, sweep};
