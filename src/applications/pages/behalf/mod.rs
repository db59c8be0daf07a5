//! What a vendor sees of its clients, and what a client sees of a demande filed for it.

mod client;
mod clients;
mod copy;
mod import;
mod new;
mod proposal;

use crate::{
    AppState,
    attachments::MOST_IN_A_REQUEST,
    web::{Audience, Routes},
};

pub(super) fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::SignedIn, "/clients", clients::show)
        .get(Audience::SignedIn, "/clients/{organisation}/nouvelle", new::show)
        .post(Audience::SignedIn, "/clients/{organisation}/demandes", new::start_demande)
        .get(Audience::SignedIn, "/clients/{organisation}/import", import::show)
        .post_files(Audience::SignedIn, "/clients/{organisation}/import", MOST_IN_A_REQUEST, import::read)
        .get(Audience::SignedIn, "/clients/{organisation}/import/{import}", import::preview)
        .post(Audience::SignedIn, "/clients/{organisation}/import/{import}", import::confirm)
        .get(Audience::SignedIn, "/demandes/{numero}/copie", copy::show)
        .post(Audience::SignedIn, "/demandes/{numero}/copie", copy::copy)
        .post(Audience::SignedIn, "/demandes/{numero}/propositions/{proposition}", proposal::take)
        .get(Audience::Anyone, "/client/{lien}/{sceau}", client::show)
        .get(Audience::Anyone, "/client/{lien}/{sceau}/coordonnees", client::ask_contact)
        .post(Audience::Anyone, "/client/{lien}/{sceau}/coordonnees", client::propose)
        .get(Audience::Anyone, "/client/{lien}/{sceau}/opposition", client::ask_objection)
        .post(Audience::Anyone, "/client/{lien}/{sceau}/opposition", client::oppose)
        .post(Audience::Anyone, "/client/{lien}/{sceau}/levee", client::take_back)
        .post(Audience::Anyone, "/client/{lien}/{sceau}/nouveau-lien", client::ask_new_link)
}
