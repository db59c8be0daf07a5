//! What applicants see: their demandes, the steps, the summary, the receipt.

mod behalf;
mod close_account;
mod extract;
mod list;
mod new;
mod organisation;
mod receipt;
mod step;
mod summary;

pub(crate) use extract::application_in_path;
pub use extract::{OwnApplication, ReadableApplication};

use crate::{
    AppState,
    web::{Audience, Routes},
};

/// The routes of this slice. Where a demande stands (`/demandes/{numero}`) is told by `review`, which knows the decisions.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .merge(behalf::routes())
        .get(Audience::SignedIn, "/demandes", list::show)
        .get(Audience::SignedIn, "/demandes/nouvelle", new::show)
        .post(Audience::SignedIn, "/demandes", new::start_demande)
        .get(Audience::SignedIn, "/demandes/{numero}/organisme", organisation::show)
        .get(Audience::SignedIn, "/demandes/{numero}/recapitulatif", summary::show)
        .post(Audience::SignedIn, "/demandes/{numero}/depot", summary::hand_in)
        .get(Audience::SignedIn, "/demandes/{numero}/recepisse", receipt::show)
        .get(Audience::SignedIn, "/demandes/{numero}/retrait", summary::ask_withdrawal)
        .post(Audience::SignedIn, "/demandes/{numero}/retrait", summary::take_back)
        .get(Audience::SignedIn, "/demandes/{numero}/{etape}", step::show)
        .post(Audience::SignedIn, "/demandes/{numero}/{etape}", step::save)
        .get(Audience::SignedIn, "/compte/fermer", close_account::show)
        .post(Audience::SignedIn, "/compte/fermer", close_account::close)
}
