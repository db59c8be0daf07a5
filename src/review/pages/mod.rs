//! What the team sees (the queue, the dossier, the decisions), and what an applicant is told of where the demande stands.

mod decide;
mod dossier;
mod extract;
mod follow;
mod membership;
mod objection;
mod queue;

use crate::{
    AppState,
    web::{Audience, Routes},
};

/// The routes of this slice.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::SignedIn, "/demandes/{numero}", follow::show)
        .get(Audience::Staff, "/instruction", queue::show)
        .get(Audience::Staff, "/instruction/{numero}", dossier::show)
        .get(Audience::Reviewer, "/instruction/{numero}/validation", decide::approval)
        .get(Audience::Reviewer, "/instruction/{numero}/modifications", decide::changes)
        .get(Audience::Reviewer, "/instruction/{numero}/refus", decide::refusal)
        .post(Audience::Reviewer, "/instruction/{numero}/decision", decide::decide)
        .post(Audience::Reviewer, "/instruction/{numero}/appartenance", membership::confirm)
        .post(Audience::Reviewer, "/instruction/{numero}/oppositions/{opposition}/lecture", objection::read)
}
