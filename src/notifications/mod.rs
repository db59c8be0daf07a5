//! Letters by e-mail: what they say, the outbox they wait in, the mailer that hands them over.
//!
//! An act puts a letter in the outbox in its own transaction ([`enqueue`]); a worker takes it ([`take_next`]), tries it ([`try_once`]) and
//! writes down what that gave ([`settle`]). Over SMTP nobody can promise exactly one copy: when the line drops after the whole letter was
//! handed over it is tried once more under the same Message-ID, and its row says that it may have arrived twice.

mod appeal;
mod campaign_news;
mod clock_news;
mod decision_letter;
mod delivery;
mod digest;
mod enqueue;
mod letter;
mod letter_kind;
mod line_news;
mod mailer;
mod message;
mod operate;
mod outbox;
mod participation_news;
mod render;
mod right_news;
mod said;
mod send;
mod send_digests;
mod smtp;
mod store;
mod team_letter;
mod topic;

pub use appeal::Appeal;
pub use campaign_news::CampaignNews;
pub use clock_news::ClockNews;
pub use decision_letter::{DecisionLetter, Returning};
pub use delivery::{LEASE, LetterState, Outcome, TRIED_FOR, Tries};
pub use digest::DigestLine;
pub use enqueue::enqueue;
pub use letter::Letter;
pub use line_news::LineNews;
pub use mailer::{Envelope, Mailer, Posted};
pub use message::{CannotBeBuilt, Sender};
pub use operate::{hold, release, retry};
pub use outbox::OutboxLetter;
pub use participation_news::ParticipationNews;
pub use render::{Letterhead, NUMBER_TO_COME, Rendered, Sheet, render};
pub use right_news::RightNews;
pub use said::{ALGORITHMIC_MENTION, AboutApplication, Author, InfectedFile, Passage, Recipient};
pub use send::{settle, try_once};
pub use send_digests::send_digests;
pub use smtp::Smtp;
pub use store::{LateLetters, OutboxFilter, Taken, choices, find_late_letters, find_letter, list_outbox, take_next};
pub use team_letter::TeamLetter;
pub use topic::{Pace, Topic};
