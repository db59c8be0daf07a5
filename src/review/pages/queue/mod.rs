//! `/instruction`: the queue, who answers for what, and the way through a list from one dossier to the next.

pub(super) mod batch;
mod chips;
pub(super) mod hand_over;
mod list;
pub(super) mod neighbours;
mod onward;
pub(super) mod presence;
mod range;
pub(super) mod show;
pub(super) mod take;
pub(super) mod views;

pub(super) use chips::in_words;
pub(super) use list::List;
pub(super) use onward::onward;
