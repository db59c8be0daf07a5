//! What the applicant's side and the team write and send to each other about a demande, and how far each has read. Who may write and read is
//! decided by `review`, which knows both sides; the list of demandes only counts what is unread.

mod message;
mod store;

pub use message::{MAY_BE_TAKEN_BACK_FOR, MOST_AN_HOUR, MOST_CHARACTERS, Message, NotTakenBack, Reader, Side};
pub use store::{
    add_message, count_of_author_since, count_unread,
    files::{add_file, find_file, find_sender, remove_files},
    find_messages, find_reader, lock_message, save_read, save_taken_back, save_told,
};
