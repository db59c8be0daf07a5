//! The audit log: who did what and when, written in the transaction of the act, never rewritten, each row sealed by the one before.

mod campaign_fact;
mod decision_fact;
mod duty_fact;
mod entry;
mod event;
mod examining_fact;
mod file_fact;
mod participation_fact;
mod place_fact;
mod point;
mod right_fact;
mod sentence;
mod store;
mod subject;
mod team_fact;

pub use campaign_fact::CampaignFact;
pub use decision_fact::DecisionFact;
pub use duty_fact::DutyFact;
pub use entry::Entry;
pub use event::Event;
pub use examining_fact::ExaminingFact;
pub use file_fact::FileFact;
pub use participation_fact::ParticipationFact;
pub use place_fact::PlaceFact;
pub use point::AskedPoint;
pub use right_fact::RightFact;
pub use store::{find_of_application, find_of_member, find_of_organisation, first_broken_seal, record, was_told_since};
pub use subject::{By, Subject};
pub use team_fact::TeamFact;
