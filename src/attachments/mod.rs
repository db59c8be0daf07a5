//! Files that come with a demande: what may be sent, where it is kept, what is known of it.

mod antivirus;
mod attach;
mod attachment;
mod content;
mod detach;
mod file_name;
mod limits;
mod receive;
mod storage;
mod store;
mod sweep;

pub use antivirus::Antivirus;
pub use attach::attach;
pub use attachment::{Attachment, Checksum, Scan, of_field};
pub use content::{ContentFault, Kind, Size};
pub use detach::detach;
pub use file_name::FileName;
pub use limits::{MOST_BYTES, MOST_IN_A_FIELD, MOST_IN_A_REQUEST};
pub use receive::{NotStored, Stored, receive};
pub use storage::{Storage, StorageFault};
pub use store::{find, find_of_application, find_of_version, find_to_scan, freeze, is_in_a_version, save_scan};
pub use sweep::{Swept, sweep};
