//! What the team sees (the queue, the dossier, the decisions), and what an applicant is told of where the demande stands.

mod decide;
mod dossier;
mod dossier_pdf;
mod extract;
mod files;
mod follow;
mod membership;
mod messages;
mod objection;
mod points;
mod queue;
mod versions;
mod write_message;

use crate::{
    AppState,
    attachments::MOST_IN_A_REQUEST,
    web::{Audience, Routes},
};

/// The routes of this slice.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::SignedIn, "/demandes/{numero}", follow::show)
        .get(Audience::SignedIn, "/demandes/{numero}/messages", messages::show_to_applicant)
        .post_files(Audience::SignedIn, "/demandes/{numero}/messages", MOST_IN_A_REQUEST, write_message::as_applicant)
        .get(Audience::SignedIn, "/demandes/{numero}/messages/{message}/fichiers/{piece}", files::read_of_message)
        .post(Audience::SignedIn, "/demandes/{numero}/messages/{message}/retrait", write_message::take_back_as_applicant)
        .get(Audience::Staff, "/instruction/{numero}/messages", messages::show_to_team)
        .post_files(Audience::Reviewer, "/instruction/{numero}/messages", MOST_IN_A_REQUEST, write_message::as_team)
        .get(Audience::Staff, "/instruction/{numero}/messages/{message}/fichiers/{piece}", files::read_of_message_as_team)
        .post(Audience::Reviewer, "/instruction/{numero}/messages/{message}/retrait", write_message::take_back_as_team)
        .get(Audience::Staff, "/instruction", queue::show)
        .get(Audience::Staff, "/instruction/{numero}", dossier::show)
        .get(Audience::Staff, "/instruction/{numero}/fichiers/{fichier}", files::read)
        .get(Audience::Staff, "/instruction/{numero}/dossier.pdf", dossier_pdf::show)
        .get(Audience::Staff, "/instruction/{numero}/versions", versions::show)
        .get(Audience::Reviewer, "/instruction/{numero}/validation", decide::approval)
        .get(Audience::Reviewer, "/instruction/{numero}/modifications", decide::changes)
        .get(Audience::Reviewer, "/instruction/{numero}/refus", decide::refusal)
        .post(Audience::Reviewer, "/instruction/{numero}/decision", decide::decide)
        .post(Audience::Reviewer, "/instruction/{numero}/appartenance", membership::confirm)
        .post(Audience::Reviewer, "/instruction/{numero}/oppositions/{opposition}/lecture", objection::read)
}
