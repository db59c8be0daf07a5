//! `/habilitations`: the rights granted, one page each; `/verification`: what anybody may ask about one.

mod certificate;
mod extract;
mod go_live;
mod list;
mod procedure;
mod reopen;
mod show;
mod verification;

pub use extract::ReadableAuthorization;

use crate::{
    AppState,
    attachments::MOST_IN_A_REQUEST,
    web::{Audience, Routes},
};

/// The routes of this slice.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::SignedIn, "/habilitations", list::show)
        .get(Audience::SignedIn, "/habilitations/{numero}", show::show)
        .get(Audience::SignedIn, "/habilitations/{numero}/attestation.pdf", certificate::pdf)
        .get(Audience::SignedIn, "/habilitations/{numero}/modification", reopen::ask)
        .post(Audience::SignedIn, "/habilitations/{numero}/modification", reopen::open)
        .get(Audience::Staff, "/habilitations/mises-en-production", go_live::list)
        .get(Audience::SignedIn, "/habilitations/{numero}/mise-en-production", go_live::show)
        .post_files(Audience::SignedIn, "/habilitations/{numero}/mise-en-production", MOST_IN_A_REQUEST, go_live::ask_for_it)
        .get(Audience::SignedIn, "/habilitations/{numero}/mise-en-production/fichiers/{capture}", go_live::read_screen)
        .post(Audience::Reviewer, "/habilitations/{numero}/mise-en-production/verification", go_live::say_what_was_found)
        .get(Audience::SignedIn, "/habilitations/{numero}/procedure", procedure::show)
        .post(Audience::Reviewer, "/habilitations/{numero}/procedure", procedure::start)
        .post(Audience::SignedIn, "/habilitations/{numero}/procedure/observations", procedure::answer)
        .post(Audience::Reviewer, "/habilitations/{numero}/procedure/decision", procedure::rule)
        .get(Audience::SignedIn, "/habilitations/{numero}/fichiers/{fichier}", show::read_file)
        .get(Audience::Anyone, "/verification", verification::ask)
        .get(Audience::Anyone, "/verification/{code}", verification::show)
}
