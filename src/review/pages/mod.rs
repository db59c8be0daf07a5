//! What the team sees (the queue, the dossier, the decisions), and what an applicant is told of where the demande stands.

mod ask_opinion;
mod closing;
mod decide;
mod decision_pdf;
mod dossier;
mod dossier_pdf;
mod entrust;
mod examining;
mod export;
mod extract;
mod files;
mod follow;
mod give_opinion;
mod grid;
mod implicit;
mod letters;
mod membership;
mod messages;
mod missing_items;
mod objection;
mod points;
mod prepared;
mod queue;
mod reasons;
mod remind;
mod reopening;
mod sector;
mod signature;
mod silence;
mod starting_text;
mod templates;
mod versions;
mod write_message;

use crate::{
    AppState,
    attachments::MOST_IN_A_REQUEST,
    web::{Audience, Routes},
};

/// The routes of this slice.
#[expect(clippy::too_many_lines, reason = "one line a route")]
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::SignedIn, "/demandes/{numero}", follow::show)
        .get(Audience::SignedIn, "/demandes/{numero}/decision.pdf", decision_pdf::to_applicant)
        .post(Audience::SignedIn, "/demandes/{numero}/attestation", silence::ask_attestation)
        .get(Audience::SignedIn, "/demandes/{numero}/attestation.pdf", silence::attestation_pdf)
        .post(Audience::SignedIn, "/demandes/{numero}/motifs", silence::ask_for_reasons)
        .get(Audience::SignedIn, "/demandes/{numero}/messages", messages::show_to_applicant)
        .post_files(Audience::SignedIn, "/demandes/{numero}/messages", MOST_IN_A_REQUEST, write_message::as_applicant)
        .get(Audience::SignedIn, "/demandes/{numero}/messages/{message}/fichiers/{piece}", files::read_of_message)
        .post(Audience::SignedIn, "/demandes/{numero}/messages/{message}/retrait", write_message::take_back_as_applicant)
        .get(Audience::Staff, "/instruction/{numero}/messages", messages::show_to_team)
        .post_files(Audience::Reviewer, "/instruction/{numero}/messages", MOST_IN_A_REQUEST, write_message::as_team)
        .get(Audience::Staff, "/instruction/{numero}/messages/{message}/fichiers/{piece}", files::read_of_message_as_team)
        .post(Audience::Reviewer, "/instruction/{numero}/messages/{message}/retrait", write_message::take_back_as_team)
        .get(Audience::Staff, "/instruction", queue::show::show)
        .get(Audience::Staff, "/instruction/export", export::show)
        .post(Audience::Staff, "/instruction/export", export::export)
        .post(Audience::Staff, "/instruction/vues", queue::views::save)
        .post(Audience::Staff, "/instruction/vues/{vue}/retrait", queue::views::delete)
        .post(Audience::Reviewer, "/instruction/suivante", queue::take::take_next)
        .post(Audience::Reviewer, "/instruction/attribution", queue::batch::assign_ticked)
        .post(Audience::Reviewer, "/instruction/{numero}/prise", queue::take::take)
        .get(Audience::Reviewer, "/instruction/{numero}/attribution", queue::hand_over::show)
        .post(Audience::Reviewer, "/instruction/{numero}/attribution", queue::hand_over::hand_over)
        .post(Audience::Reviewer, "/instruction/{numero}/restitution", queue::take::release)
        .post(Audience::Staff, "/instruction/{numero}/presence", queue::presence::stay)
        .get(Audience::Staff, "/instruction/{numero}", dossier::show)
        .get(Audience::Staff, "/instruction/{numero}/fichiers/{fichier}", files::read)
        .get(Audience::Staff, "/instruction/{numero}/dossier.pdf", dossier_pdf::show)
        .get(Audience::Staff, "/instruction/{numero}/decision.pdf", decision_pdf::to_team)
        .get(Audience::Staff, "/instruction/{numero}/versions", versions::show)
        .get(Audience::Reviewer, "/instruction/nouvelle", prepared::ask)
        .post(Audience::Reviewer, "/instruction/nouvelle", prepared::act)
        .get(Audience::Staff, "/instruction/preparees", prepared::list)
        .post(Audience::Reviewer, "/instruction/preparees/{preparation}/renouvellement", prepared::renew_one)
        .post(Audience::Reviewer, "/instruction/preparees/{preparation}/annulation", prepared::cancel_one)
        .get(Audience::Reviewer, "/instruction/{numero}/secteur", sector::show)
        .post(Audience::Reviewer, "/instruction/{numero}/secteur", sector::act)
        .get(Audience::Reviewer, "/instruction/{numero}/transmission", entrust::show)
        .post(Audience::Reviewer, "/instruction/{numero}/transmission", entrust::act)
        .get(Audience::Staff, "/instruction/lettres", letters::show)
        .get(Audience::Staff, "/instruction/lettres/{sorte}", letters::show_one)
        .get(Audience::Staff, "/instruction/implicites", implicit::show)
        .get(Audience::Reviewer, "/instruction/{numero}/pieces", missing_items::show)
        .post(Audience::Reviewer, "/instruction/{numero}/pieces", missing_items::ask)
        .get(Audience::Reviewer, "/instruction/{numero}/motifs", reasons::show)
        .post(Audience::Reviewer, "/instruction/{numero}/motifs", reasons::answer)
        .post(Audience::Reviewer, "/instruction/{numero}/relance", remind::act)
        .get(Audience::Reviewer, "/instruction/{numero}/classement", closing::show)
        .post(Audience::Reviewer, "/instruction/{numero}/classement", closing::end)
        .post(Audience::Reviewer, "/instruction/{numero}/classement/avertissement", closing::warn)
        .get(Audience::Staff, "/instruction/avis", give_opinion::list)
        .get(Audience::Reviewer, "/instruction/{numero}/avis", ask_opinion::show)
        .post(Audience::Reviewer, "/instruction/{numero}/avis", ask_opinion::ask)
        .get(Audience::Staff, "/instruction/{numero}/avis/{service}", give_opinion::show)
        .post(Audience::Staff, "/instruction/{numero}/avis/{service}", give_opinion::give)
        .post(Audience::Reviewer, "/instruction/{numero}/grille", grid::save)
        .post(Audience::Staff, "/instruction/{numero}/notes", examining::write)
        .post(Audience::Staff, "/instruction/{numero}/notes/{note}/retrait", examining::strike)
        .get(Audience::Reviewer, "/instruction/{numero}/validation", decide::approval)
        .get(Audience::Reviewer, "/instruction/{numero}/modifications", decide::changes)
        .get(Audience::Reviewer, "/instruction/{numero}/refus", decide::refusal)
        .post(Audience::Reviewer, "/instruction/{numero}/decision", decide::decide)
        .get(Audience::Staff, "/instruction/modeles", templates::list)
        .post(Audience::Reviewer, "/instruction/modeles", templates::add)
        .get(Audience::Reviewer, "/instruction/modeles/nouveau", templates::new)
        .get(Audience::Reviewer, "/instruction/modeles/{modele}", templates::show)
        .post(Audience::Reviewer, "/instruction/modeles/{modele}", templates::edit)
        .post(Audience::Reviewer, "/instruction/modeles/{modele}/retrait", templates::withdraw)
        .get(Audience::Reviewer, "/instruction/{numero}/signature", signature::show)
        .post(Audience::Reviewer, "/instruction/{numero}/signature", signature::act)
        .post(Audience::Reviewer, "/instruction/{numero}/renvoi", signature::return_to_preparation)
        .post(Audience::Reviewer, "/instruction/{numero}/annulation", signature::cancel)
        .get(Audience::Reviewer, "/instruction/{numero}/reouverture", reopening::show)
        .post(Audience::Reviewer, "/instruction/{numero}/reouverture", reopening::act)
        .post(Audience::Reviewer, "/instruction/{numero}/appartenance", membership::confirm)
        .post(Audience::Reviewer, "/instruction/{numero}/oppositions/{opposition}/lecture", objection::read)
}
