//! What applicants see: their demandes, the steps, the summary, the receipt.

mod autosave;
mod behalf;
mod bin;
mod close_account;
mod conflict;
mod extract;
mod files;
mod filling;
mod invitation;
mod list;
mod named;
mod new;
mod offer;
mod organisation;
mod papers;
mod prepared;
mod receipt;
mod resume;
mod shown_step;
mod step;
mod step_choices;
mod summary;
mod take_over;
mod together;
mod versions;

pub(crate) use extract::application_in_path;
pub use extract::{EditableApplication, OwnApplication, ReadableApplication};
pub use files::{find_readable, send_back};
pub(crate) use versions::{Asked as AskedVersions, VersionsPage};

use crate::{
    AppState,
    attachments::MOST_IN_A_REQUEST,
    web::{Audience, Routes},
};

/// The routes of this slice. Where a demande stands (`/demandes/{numero}`) is told by `review`, which knows the decisions.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .merge(together::routes())
        .merge(invitation::routes())
        .merge(shown_step::routes())
        .merge(prepared::routes())
        .merge(take_over::routes())
        .merge(named::routes())
        .merge(behalf::routes())
        .get(Audience::SignedIn, "/demandes", list::show)
        .get(Audience::SignedIn, "/demandes/nouvelle", new::show)
        .get(Audience::Anyone, "/demandes/questions.pdf", papers::questions_pdf)
        .post(Audience::SignedIn, "/demandes", new::start_demande)
        .get(Audience::SignedIn, "/demandes/{numero}/organisme", organisation::show)
        .get(Audience::SignedIn, "/demandes/{numero}/recapitulatif", summary::show)
        .post(Audience::SignedIn, "/demandes/{numero}/depot", summary::hand_in)
        .get(Audience::SignedIn, "/demandes/{numero}/recepisse", receipt::show)
        .get(Audience::SignedIn, "/demandes/{numero}/recapitulatif.pdf", papers::summary_pdf)
        .get(Audience::SignedIn, "/demandes/{numero}/recepisse.pdf", papers::receipt_pdf)
        .get(Audience::SignedIn, "/demandes/{numero}/versions", versions::show)
        .get(Audience::SignedIn, "/demandes/{numero}/retrait", summary::ask_withdrawal)
        .post(Audience::SignedIn, "/demandes/{numero}/retrait", summary::take_back)
        .get(Audience::SignedIn, "/demandes/corbeille", bin::show)
        .get(Audience::SignedIn, "/demandes/{numero}/suppression", bin::ask_deletion)
        .post(Audience::SignedIn, "/demandes/{numero}/suppression", bin::delete)
        .post(Audience::SignedIn, "/demandes/{numero}/restauration", bin::restore)
        .get(Audience::SignedIn, "/demandes/{numero}/conservation", bin::ask_keeping)
        .post(Audience::SignedIn, "/demandes/{numero}/conservation", bin::keep)
        .post(Audience::SignedIn, "/demandes/{numero}/reprise", resume::resume_demande)
        .get(Audience::SignedIn, "/demandes/{numero}/{etape}", step::show)
        .post_files(Audience::SignedIn, "/demandes/{numero}/{etape}", MOST_IN_A_REQUEST, step::save)
        .post_files(Audience::SignedIn, "/demandes/{numero}/{etape}/fichiers", MOST_IN_A_REQUEST, files::send)
        .get(Audience::SignedIn, "/demandes/{numero}/fichiers/{fichier}", files::read_own)
        .get(Audience::SignedIn, "/compte/fermer", close_account::show)
        .post(Audience::SignedIn, "/compte/fermer", close_account::close)
}
