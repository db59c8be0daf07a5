//! The experiment: for a year, a limited number of legal persons may try FranceConnect under an order that says how many, and until
//! when. A campaign is data; without one there is no experiment, and the desk says so.

pub mod add_campaign;
mod arrive;
mod campaign;
mod change_documents;
mod experiment_state;
mod panel;
mod store;

pub use arrive::arrive;
pub use campaign::{Campaign, CampaignFault, Document};
pub use change_documents::change_documents;
pub use experiment_state::{ExperimentState, Occupancy};
pub use panel::{Panel, ParticipationEnd, Share, Shares};
pub use store::{find_campaign, find_current, find_receiving, lock_campaign};
