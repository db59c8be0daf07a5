//! `/habilitations/{numero}/place`: the place its holder confirms; `…/rapports`: the year of a participant and its monthly reports; `…/fin`: what it
//! certifies once it is over; `/rapports`: those of the visitor; `/instruction/rapports`: what the team follows.

mod end_notice;
mod extract;
mod import;
mod list;
mod mine;
mod notice;
mod place;
mod report;
mod send_report;
mod shown;
mod sign_the_end;
mod team;
mod the_end;

use crate::{
    AppState,
    attachments::MOST_IN_A_REQUEST,
    web::{Audience, Routes},
};

/// The routes of this slice.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::SignedIn, "/rapports", mine::show)
        .get(Audience::SignedIn, "/habilitations/{numero}/place", place::show)
        .post(Audience::SignedIn, "/habilitations/{numero}/place/confirmation", place::confirm)
        .post(Audience::SignedIn, "/habilitations/{numero}/place/renonciation", place::renounce)
        .get(Audience::SignedIn, "/habilitations/{numero}/rapports", list::show)
        .post(Audience::Reviewer, "/habilitations/{numero}/rapports/ouverture", list::date)
        .get(Audience::SignedIn, "/habilitations/{numero}/rapports/modele.csv", import::template)
        .get(Audience::SignedIn, "/habilitations/{numero}/rapports/import", import::show)
        .post_files(Audience::SignedIn, "/habilitations/{numero}/rapports/import", MOST_IN_A_REQUEST, import::read)
        .get(Audience::SignedIn, "/habilitations/{numero}/rapports/{mois}", report::show)
        .post_files(Audience::SignedIn, "/habilitations/{numero}/rapports/{mois}", MOST_IN_A_REQUEST, send_report::send_it)
        .get(Audience::SignedIn, "/habilitations/{numero}/rapports/{mois}/correction", report::show_correction)
        .post_files(Audience::SignedIn, "/habilitations/{numero}/rapports/{mois}/correction", MOST_IN_A_REQUEST, send_report::correct_it)
        .get(Audience::SignedIn, "/habilitations/{numero}/rapports/{mois}/fichiers/{piece}", report::read_file)
        .get(Audience::SignedIn, "/habilitations/{numero}/fin", the_end::show)
        .post_files(Audience::SignedIn, "/habilitations/{numero}/fin", MOST_IN_A_REQUEST, sign_the_end::sign)
        .get(Audience::SignedIn, "/habilitations/{numero}/fin/correction", the_end::show_correction)
        .post_files(Audience::SignedIn, "/habilitations/{numero}/fin/correction", MOST_IN_A_REQUEST, sign_the_end::correct)
        .get(Audience::SignedIn, "/habilitations/{numero}/fin/attestation.pdf", the_end::pdf)
        .get(Audience::SignedIn, "/habilitations/{numero}/fin/fichiers/{piece}", the_end::read_file)
        .get(Audience::Staff, "/instruction/rapports", team::show)
        .get(Audience::Reviewer, "/instruction/rapports/{numero}/procedure", notice::show)
        .post(Audience::Reviewer, "/instruction/rapports/{numero}/procedure", notice::open)
        .get(Audience::Reviewer, "/instruction/rapports/{numero}/mise-en-demeure", end_notice::show)
        .post(Audience::Reviewer, "/instruction/rapports/{numero}/mise-en-demeure", end_notice::send)
}
